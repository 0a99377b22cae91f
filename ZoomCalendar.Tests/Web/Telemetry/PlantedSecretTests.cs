using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Operations.DatabaseCopy;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Tests.Api;
using ZoomCalendar.Tests.Booking;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Booking;
using ZoomCalendar.Web.Connect;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Web.Telemetry;

/// <summary>
/// Secrets that were used are looked for where somebody could read them who should not: in every row of the database, in the files behind
/// it with their free pages and their log, in a backup, and in mail. <see cref="TelemetryTests"/> looks in logs, metrics and traces.
/// </summary>
public sealed class PlantedSecretTests
{
    private const string Ben = "ben@demo.test";
    private const string BenInZoom = "ben@zoom.test";
    private const string Password = "Zoom-Calendar-1";
    private const string NewPassword = "Planted-Password-7";
    private const string Business = "northwind";
    private const string Booker = "planted@example.test";

    [Fact]
    public async Task Used_secrets_are_in_no_row_no_page_of_the_files_no_backup_and_no_message()
    {
        var folder = Directory.CreateTempSubdirectory("zc-planted-").FullName;
        var backup = Path.Combine(folder, "backup.zcb");
        try
        {
            List<string> links, never, erased;
            await using (var app = await AppHost.StartAsync(host =>
            {
                ApiHost.Configure(host);
                host.UseSetting("DataDirectory", folder);
                if (DatabaseUnderTest.Provider is DatabaseProvider.Sqlite)
                {
                    host.UseSetting("ConnectionStrings:ZoomCalendar", $"Data Source={Path.Combine(folder, "planted.db")}");
                }
            }))
            {
                (links, never) = await UsedAsync(app);
                erased = await DisconnectedAsync(app);
                await BackUpAsync(app, backup);
                (await RowsAsync(app)).Should().NotContainAny(never).And.NotContainAny(erased);
                var mail = app.Services.GetRequiredService<Mailbox>().Messages.Select(stored => $"{stored.Message}{stored.Message.Body}");
                string.Join('\n', mail).Should().Contain("reset-password").And.NotContainAny(never.Except(links));
            }

            SqliteConnection.ClearAllPools();
            // The sandbox stands in for Zoom and keeps what Zoom would keep.
            var files = Directory.GetFiles(folder).Where(file => Path.GetFileName(file) != "sandbox.json").ToList();
            files.Should().Contain(backup);
            files.Any(file => file.EndsWith("planted.db", StringComparison.Ordinal)).Should()
                .Be(DatabaseUnderTest.Provider is DatabaseProvider.Sqlite);
            foreach (var file in files)
            {
                // Bytes as they are, so that free pages and what is left of a log are searched as well.
                var bytes = await File.ReadAllBytesAsync(file);
                never.Concat(erased).Where(secret => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0).Should()
                    .BeEmpty("{0} holds none of them", Path.GetFileName(file));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] OptionsOf(AppHost app)
    {
        var options = app.Services.GetRequiredService<IOptions<ZoomOptions>>().Value;
        return [options.ClientSecret, options.WebhookSecretToken!];
    }

    /// <summary>Uses a password, a session, a program's token, Zoom's tokens, and links to a new password and to cancel.</summary>
    private static async Task<(List<string> Links, List<string> All)> UsedAsync(AppHost app)
    {
        var zoom = app.Services.GetRequiredService<SandboxHost>().Server!;
        await (await Person.SignedInAsync(app, zoom, Ben)).ConnectAsync(Business, BenInZoom);
        using var visitor = new PublicVisitor(app);
        await visitor.BookAsync("intro-call", await visitor.FirstTimeAsync("intro-call"), Booker);
        await using var db = await app.OpenDatabaseAsync();
        var booked = db.Appointments.AsNoTracking().Where(row => row.Booker.Email == Booker);
        var appointment = await booked.SingleAsync();
        var cancel = app.Services.GetRequiredService<AppointmentLinks>()
            .Make(LinkPurpose.Cancel, appointment.Id, appointment.End, appointment.Booker.Email);

        using var cleo = app.NewVisitor();
        await cleo.PostFormAsync("/account/forgot-password", "forgot-password", ("Input.Email", "cleo@demo.test"));
        var reset = await app.LinkToAsync("cleo@demo.test", "reset-password");
        (await (await cleo.PostFormAsync(reset, "reset-password", ("Input.Password", NewPassword))).TextAsync()).Should().Contain("changed");
        await Eventually.HoldsAsync(
            async () => !await db.Messages.AnyAsync(row => row.Content != ""), TimeSpan.FromMinutes(1), "every message is sent");

        var account = await db.ZoomAccounts.AsNoTracking().SingleAsync();
        var tokens = await app.Services.GetRequiredService<IAccessTokenProvider>().GetAsync(account.Key, null, CancellationToken.None);
        var code = System.Web.HttpUtility.ParseQueryString(new Uri(app.Address, reset).Query)["code"]!;
        // The links are mailed to those whom they are for, and nobody else.
        List<string> links = [cancel, code];
        return (links, [Password, NewPassword, ApiHost.Token, tokens.AccessToken!, .. links, .. OptionsOf(app)]);
    }

    /// <summary>What had to be stored, encrypted, and must be gone with its row.</summary>
    private static async Task<List<string>> DisconnectedAsync(AppHost app)
    {
        await using var db = await app.OpenDatabaseAsync();
        var account = await db.ZoomAccounts.AsNoTracking().SingleAsync();
        var ben = await db.Users.SingleAsync(user => user.Email == Ben);
        var business = await db.SubAccounts.SingleAsync(row => row.Slug == Business);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        (await app.Services.GetRequiredService<ZoomConnections>().DisconnectAsync(business.Id, ben.Id, now, CancellationToken.None))
            .Should().BeTrue();
        await Eventually.HoldsAsync(
            async () => !await db.ZoomAccounts.AnyAsync(), TimeSpan.FromMinutes(1), "the tokens are revoked and erased");
        return [account.ProtectedAccessToken, account.ProtectedRefreshToken];
    }

    private static async Task BackUpAsync(AppHost app, string file)
    {
        var options = new DatabaseOptions
        {
            Provider = DatabaseUnderTest.Provider,
            ConnectionString = app.Services.GetRequiredService<IConfiguration>()
                [$"ConnectionStrings:{DatabaseOptions.ConnectionStringName}"]!,
        };
        await new DatabaseBackup(_ => { }).BackUpAsync(options, file, CancellationToken.None);
    }

    /// <summary>Every value of every row, as text.</summary>
    private static async Task<string> RowsAsync(AppHost app)
    {
        await using var db = await app.OpenDatabaseAsync();
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync();
        var text = new StringBuilder();
        foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()).OfType<string>().Distinct())
        {
            await using var query = connection.CreateCommand();
            query.CommandText = $"SELECT * FROM \"{table}\"";
            await using var rows = await query.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                for (var column = 0; column < rows.FieldCount; column++)
                {
                    var value = rows.GetValue(column);
                    text.Append(value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : value).Append('\n');
                }
            }
        }

        return text.ToString();
    }
}
