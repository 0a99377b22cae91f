using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Operations.Privacy;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Tests.Mail;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Privacy;

/// <summary>A booker's data are erased from every place where they can lie, and the appointments stay.</summary>
public sealed class BookerErasureTests : IAsyncLifetime
{
    // Each is found wherever it lies, in whichever case.
    private const string Mark = "zqx";
    private static readonly Booker Planted = new() { Name = $"{Mark}name Miller", Email = $"{Mark}mail@example.test", Phone = $"{Mark}555" };

    private TestTenant _tenant = null!;
    private BookerErasure _erasure = null!;
    private MailTestHost _mail = null!;
    private CalendarId _yoga;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        _erasure = new BookerErasure(_tenant.Database, _tenant.Signals);
        _mail = new MailTestHost(_tenant);
        await _mail.StartAsync();
        _yoga = await _tenant.CalendarAsync(
            CalendarType.ClassBooking,
            [_tenant.Admin],
            new BookingRules { Seats = 1 },
            new MeetingLocation(MeetingLocationKind.AskTheBooker, ""));
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Fact]
    public async Task No_column_of_any_table_has_the_data_of_an_erased_booker_and_the_appointments_stay()
    {
        var id = await PlantAsync();
        (await FoundAsync()).Should().Contain(
            ["appointments.Booker_Name", "contacts.SearchText", "waiting_entries.Notes", "messages.Address", "webhook_deliveries.Body"],
            "the search finds what was planted");
        var before = await _tenant.AppointmentAsync(id);

        var outcome = await _erasure.EraseAsync(Planted.Email.ToUpperInvariant(), _tenant.AsAdmin, _tenant.Now, default);

        outcome.Message.Should().BeEmpty();
        outcome.Erased.Should().Be(new ErasedCounts(2, 1, 1));
        (await FoundAsync()).Should().BeEmpty();
        var after = await _tenant.AppointmentAsync(id);
        (after.Start, after.End, after.Status, after.CalendarId, after.HostId, after.Source).Should()
            .Be((before.Start, before.End, before.Status, before.CalendarId, before.HostId, before.Source));
        (after.Booker.Name, after.Title).Should().Be((Booker.ErasedName, Booker.ErasedName));
        (await AuditAsync(AuditKind.DataErased)).Should().Equal("2 appointments, 1 contacts, 1 waiting lists");
    }

    [Fact]
    [OnSqlite("PostgreSQL overwrites nothing; its vacuum frees what was replaced")]
    public async Task File_of_the_database_has_no_byte_of_an_erased_booker()
    {
        await PlantAsync();
        await _erasure.EraseAsync(Planted.Email, _tenant.AsAdmin, _tenant.Now, default);

        var file = new SqliteConnectionStringBuilder(_tenant.Database.ConnectionString).DataSource;
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "*"))
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            System.Text.Encoding.Latin1.GetString(bytes.ToArray()).Contains(Mark, StringComparison.OrdinalIgnoreCase).Should()
                .BeFalse("{0} has free pages, too", Path.GetFileName(path));
        }
    }

    [Fact]
    public async Task Erasure_waits_until_the_booker_has_no_appointment_to_come_and_touches_nobody_else()
    {
        var other = await BookAsync(_tenant.Now.AddHours(1), Planted with { Email = "somebody@example.test", Name = "Somebody" });
        var id = await BookAsync(_tenant.Now.AddHours(2), Planted);

        var early = await _erasure.EraseAsync(Planted.Email, _tenant.AsAdmin, _tenant.Now, default);
        (await _tenant.CancelAsync(id)).Succeeded.Should().BeTrue();
        var late = await _erasure.EraseAsync(Planted.Email, _tenant.AsAdmin, _tenant.Now, default);

        early.Message.Should().Contain("Cancel it first");
        late.Erased.Appointments.Should().Be(1);
        (await _tenant.AppointmentAsync(id)).Booker.Email.Should().BeEmpty();
        (await _tenant.AppointmentAsync(other)).Booker.Name.Should().Be("Somebody");
    }

    [Fact]
    public async Task Link_of_one_appointment_erases_that_one_alone()
    {
        var (one, two) = (await BookAsync(_tenant.Now.AddHours(1), Planted), await BookAsync(_tenant.Now.AddHours(2), Planted));
        await _tenant.Book.SendConfirmationAgainAsync(one, _tenant.AsAdmin, _tenant.Now, default);
        (await FoundAsync()).Should().Contain("events.Detail", "the search finds the address in the history");
        _tenant.Now = _tenant.Now.AddDays(1);

        var outcome = await _erasure.EraseAsync(
            new BookerScope(_tenant.SubAccount, EmailAddress.Key(Planted.Email), one), _tenant.Now, default);

        outcome.Erased.Appointments.Should().Be(1);
        (await _tenant.AppointmentAsync(one)).ErasedAt.Should().NotBeNull();
        (await _tenant.AppointmentAsync(two)).Booker.Should().Be(Planted);
        (await FoundAsync()).Should().NotContain("events.Detail");
        (await AuditAsync(AuditKind.DataErased)).Single().Should().StartWith("By the booker");
    }

    [Fact]
    public async Task Sweep_erases_what_is_older_than_the_chosen_months_once_a_day()
    {
        var settings = new RetentionSettings(_tenant.Database, _tenant.Signals);
        var old = await BookAsync(_tenant.Now.AddHours(1), Planted);
        var young = await BookAsync(_tenant.Now.AddDays(50), Planted with { Email = "young@example.test" });
        await new ContactBook(_tenant.Database).UpsertAsync(
            new ContactDetails(Planted.Name, Planted.Email, null, null), _tenant.SubAccount, _tenant.Now, default);
        _tenant.Now = _tenant.Now.AddDays(60);

        await SweepAsync();
        (await _tenant.AppointmentAsync(old)).Booker.Should().Be(Planted, "nothing is erased unless an admin chose a time");
        (await settings.SaveAsync(2, _tenant.AsAdmin, _tenant.Now, default)).Message.Should().Contain("Choose from the list");
        (await settings.SaveAsync(1, _tenant.AsAdmin, _tenant.Now, default)).Succeeded.Should().BeTrue();
        var claimed = _tenant.Now.AddMinutes(10);
        await ClaimAsync(claimed);
        await SweepAsync();
        (await _tenant.AppointmentAsync(old)).ErasedAt.Should().BeNull("another node is at it, or was when it died");
        _tenant.Now = claimed;
        await Task.WhenAll(SweepAsync(), SweepAsync());

        (await _tenant.AppointmentAsync(old)).ErasedAt.Should().NotBeNull();
        (await _tenant.AppointmentAsync(young)).ErasedAt.Should().BeNull();
        (await _tenant.Database.ReadAsync(db => db.Contacts.CountAsync())).Should().Be(0);
        (await AuditAsync(AuditKind.RetentionSwept)).Should().Equal("1 appointments, 1 contacts, 0 waiting lists");
        (await AuditAsync(AuditKind.RetentionChanged)).Should().Equal("never → 1 month");

        _tenant.Now = _tenant.Now.AddDays(30);
        await SweepAsync();
        (await _tenant.AppointmentAsync(young)).ErasedAt.Should().NotBeNull("its month is over on another day");
    }

    [Fact]
    public async Task Export_has_what_is_stored_and_is_in_the_log_without_a_name()
    {
        await PlantAsync();

        var data = (await new BookerDataReader(_tenant.Database).ExportAsync(Planted.Email, _tenant.AsAdmin, _tenant.Now, default)).Data;

        data!.Appointments.Should().HaveCount(2).And.OnlyContain(row => row.Name == Planted.Name && row.Phone == Planted.Phone);
        (data.Contacts.Count, data.WaitingLists.Count).Should().Be((1, 1));
        data.Messages.Should().NotBeEmpty();
        (await AuditAsync(AuditKind.DataExported)).Should().Equal("2 appointments of a booker");
    }

    [Fact]
    public async Task Booker_whose_appointment_is_somebody_else_s_now_is_erased_from_what_was_told_about_it_before()
    {
        var id = await BookedForTheWrongOneAsync();
        (await FoundAsync()).Should().Contain(["messages.Subject", "webhook_deliveries.Body"], "the search finds what was planted");

        var outcome = await _erasure.EraseAsync(Planted.Email, _tenant.AsAdmin, _tenant.Now, default);

        outcome.Message.Should().BeEmpty();
        (await FoundAsync()).Should().BeEmpty();
        (await _tenant.AppointmentAsync(id)).Booker.Email.Should().Be("right@example.test");
        (await _tenant.Database.ReadAsync(db => db.WebhookDeliveries.CountAsync(row => row.Body.Contains("Right One")))).Should()
            .BePositive("programs learn who the booker is now");
        (await _tenant.Database.ReadAsync(db => db.Messages.CountAsync(row => row.Subject.Contains("Right One")))).Should().BePositive();
    }

    [Fact]
    public async Task Booker_whose_appointment_is_somebody_else_s_now_finds_what_is_still_stored()
    {
        await BookedForTheWrongOneAsync();

        var data = (await new BookerDataReader(_tenant.Database).FindAsync(Planted.Email, _tenant.AsAdmin, _tenant.Now, default)).Data!;

        data.IsEmpty.Should().BeFalse("otherwise the page would offer no erasure");
        data.Appointments.Should().BeEmpty();
        data.Messages.Should().HaveCount(2, "the confirmation and its end").And.OnlyContain(row => row.Email == Planted.Email);
        data.History.Select(row => row.Kind).Should().Equal("BookerChanged");
    }

    [Theory]
    [InlineData("zqx@example.test")]
    [InlineData("\"zqx to mail\"@example.test")]
    public async Task Booker_who_was_corrected_before_any_message_is_found_by_the_history_alone_and_erased_from_it(string email)
    {
        var id = await BookAsync(_tenant.Now.AddHours(5), Planted with { Email = email });
        (await _tenant.Book.EditAsync(
            new EditRequest(id, (await _tenant.AppointmentAsync(id)).Version)
            {
                Title = "Right One",
                Booker = new Booker { Name = "Right One", Email = "right@example.test" },
            },
            _tenant.AsAdmin,
            _tenant.Now,
            default)).ForStaff.Text.Should().BeEmpty();

        var found = await new BookerDataReader(_tenant.Database).FindAsync(email, _tenant.AsAdmin, _tenant.Now, default);

        found.Data!.IsEmpty.Should().BeFalse();
        JsonSerializer.Serialize(found.Data).Should().NotContain("right@", "it is somebody else's address");
        (await FoundAsync()).Should().Contain("events.Detail", "the search finds what was planted");
        (await _erasure.EraseAsync(email, _tenant.AsAdmin, _tenant.Now, default)).Message.Should().BeEmpty();
        (await FoundAsync()).Should().NotContain("events.Detail");
    }

    private Task ClaimAsync(DateTimeOffset until) => _tenant.Database.ReadAsync(
        db => db.SubAccounts.ExecuteUpdateAsync(set => set.SetProperty(row => row.NextSweepAt, (DateTimeOffset?)until)));

    private Task SweepAsync() => new RetentionSweep(_tenant.Database).RunAsync(_tenant.Now, default);

    private async Task<List<string>> AuditAsync(AuditKind kind) =>
        [
            .. (await new AuditReader(_tenant.Database).ReadAsync(new AuditQuery(kind), _tenant.AsAdmin, default)).Lines
                .Select(line => line.Subject),
        ];

    private Task<AppointmentId> BookAsync(DateTimeOffset start, Booker booker) =>
        _tenant.BookedAsync(_yoga, start, builder => builder.Request = builder.Request with
        {
            Booker = booker,
            Title = $"Talk with {booker.Name}",
            Notes = $"{Mark}notes",
            LocationAnswer = $"{Mark}street 5",
            SubmitId = Guid.NewGuid(),
        });

    /// <summary>Data of one booker in every field, by the use cases that write them.</summary>
    /// <returns>An appointment that is over.</returns>
    private async Task<AppointmentId> PlantAsync()
    {
        var (now, none) = (_tenant.Now, CancellationToken.None);
        await SubscribeAsync();
        await new ContactBook(_tenant.Database).UpsertAsync(
            new ContactDetails(Planted.Name, Planted.Email, Planted.Phone, null), _tenant.SubAccount, now, none);
        var id = await BookAsync(now.AddHours(1), Planted);
        // Booked under a mistyped address, which is told; then the right one, and the first again.
        var wrong = await BookAsync(now.AddHours(2), Planted);
        await _mail.WorkAsync();
        foreach (var email in (string[])["right@example.test", Planted.Email])
        {
            (await _tenant.Book.EditAsync(
                new EditRequest(wrong, (await _tenant.AppointmentAsync(wrong)).Version)
                {
                    Title = $"{Mark}title",
                    Notes = $"{Mark}notes",
                    Booker = Planted with { Email = email },
                },
                _tenant.AsAdmin,
                now,
                none)).ForStaff.Text.Should().BeEmpty();
            await _mail.WorkAsync();
        }

        await _tenant.Book.SendConfirmationAgainAsync(wrong, _tenant.AsAdmin, now, none);
        await _mail.WorkAsync();
        var full = await BookAsync(now.AddDays(3), Planted with { Email = "full@example.test", Name = "Full" });
        await EditOthersAsync(full);
        (await _tenant.WaitingList.JoinAsync(
            new JoinRequest(WaitingId.New(now), _yoga, now.AddDays(3))
            {
                Booker = Planted,
                Notes = $"{Mark}wait",
                LocationAnswer = $"{Mark}place",
            },
            Actor.ForBooker(_tenant.SubAccount),
            now,
            none)).Succeeded.Should().BeTrue();
        await _mail.WorkAsync();
        var token = await TokenAsync();
        await _tenant.Database.WriteAsync(db => db.IdempotencyKeys.AddAsync(new IdempotencyKey
        {
            TokenId = token,
            Key = $"{Mark}key",
            RequestHash = "hash",
            ResourceId = id.Value,
            At = now,
        }).AsTask());
        await WriteDeliveriesAsync();
        _tenant.Now = now.AddDays(1);
        return id;
    }

    private Task SubscribeAsync() => new WebhookSubscriptions(_tenant.Database, Options.Create(new WebhookOptions())).CreateAsync(
        WebhookId.New(_tenant.Now), "https://example.com/hook", [], _tenant.SubAccount, null, _tenant.Now, default);

    private Task WriteDeliveriesAsync() =>
        new WebhookReader(_tenant.Database, new AppointmentQueries(_tenant.Database), new ZoomCalendar.Web.Api.WebhookBodies())
            .ReadAsync(_tenant.Now, default);

    /// <summary>An appointment that was booked for the booker by mistake, told to everybody, and is somebody else's since.</summary>
    private async Task<AppointmentId> BookedForTheWrongOneAsync()
    {
        await SubscribeAsync();
        var ben = await _tenant.UserAsync("ben");
        var calendar = await _tenant.CalendarAsync(
            CalendarType.Personal, [ben], location: new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0142"));
        var id = await _tenant.BookedAsync(calendar, _tenant.Now.AddHours(5), builder => builder.Request = builder.Request with
        {
            Booker = Planted,
        });
        await _mail.WorkAsync();
        await WriteDeliveriesAsync();
        _tenant.Now = _tenant.Now.AddMinutes(1);
        (await _tenant.Book.EditAsync(
            new EditRequest(id, (await _tenant.AppointmentAsync(id)).Version)
            {
                Title = "",
                Booker = new Booker { Name = "Right One", Email = "right@example.test" },
            },
            _tenant.AsAdmin,
            _tenant.Now,
            default)).ForStaff.Text.Should().BeEmpty();
        await _mail.WorkAsync();
        await WriteDeliveriesAsync();
        return id;
    }

    // Not the booker whose data are erased.
    private Task EditOthersAsync(AppointmentId id) => _tenant.Database.WriteAsync(async db =>
    {
        var row = await db.Appointments.SingleAsync(each => each.Id == id);
        (row.Notes, row.Title, row.Location) = ("", "Full", MeetingLocation.AskTheBooker);
        row.Booker = row.Booker with { Phone = "" };
    });

    private async Task<PrivateTokenId> TokenAsync()
    {
        await new PrivateTokens(_tenant.Database).CreateAsync(
            "program", [TokenScopes.All[0].Name], null, _tenant.AsAdmin, _tenant.Now, default);
        return await _tenant.Database.ReadAsync(db => db.PrivateTokens.Select(row => row.Id).SingleAsync());
    }

    /// <summary>The columns of all tables in which the mark stands.</summary>
    private Task<List<string>> FoundAsync() => TextColumns.WithAsync(_tenant.Database, Mark);
}
