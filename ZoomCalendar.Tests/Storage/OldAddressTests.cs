using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage;

/// <summary>
/// Calendars of the version with one address space for all businesses, which may run beside this one. It writes the column "Slug" and does
/// not know the column "Address".
/// </summary>
public abstract class OldAddressTests(DatabaseProvider provider) : IAsyncLifetime
{
    private TestTenant _studio = null!;
    private TestTenant _elsewhere = null!;
    private CalendarId _model;

    public async Task InitializeAsync()
    {
        _studio = await TestTenant.CreateAsync(provider);
        _elsewhere = await TestTenant.CreateAsync(_studio.Database, "elsewhere");
        _model = await _studio.CalendarAsync(CalendarType.Event, []);
    }

    public Task DisposeAsync() => _studio.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_calendar_that_the_previous_version_makes_has_its_address_in_its_business()
    {
        var calendar = await InsertAsOldVersionAsync(_studio, "intro-call");

        (await FindAsync(calendar)).Should().BeEquivalentTo(new { Slug = "intro-call", OldAddress = "intro-call" });
    }

    [DatabaseFact]
    public async Task A_calendar_of_the_previous_version_gets_another_address_if_its_own_is_taken_or_reserved()
    {
        await _studio.CalendarAsync(CalendarType.Event, [], change: calendar => calendar.Slug = "intro-call");

        var taken = await FindAsync(await InsertAsOldVersionAsync(_studio, "intro-call"));
        var reserved = await FindAsync(await InsertAsOldVersionAsync(_elsewhere, "waiting"));
        var elsewhere = await FindAsync(await InsertAsOldVersionAsync(_elsewhere, new string('a', Calendar.SlugMaxLength)));

        taken.Should().BeEquivalentTo(new { Slug = $"intro-call-{EndOf(taken)}", OldAddress = "intro-call" });
        reserved.Should().BeEquivalentTo(new { Slug = $"waiting-{EndOf(reserved)}", OldAddress = "waiting" });
        elsewhere.Slug.Should().Be(elsewhere.OldAddress);
    }

    [DatabaseFact]
    public async Task An_address_that_the_previous_version_changes_changes_here()
    {
        var calendar = await InsertAsOldVersionAsync(_studio, "intro-call");

        await ExecuteAsync("""UPDATE calendars SET "Slug" = {0} WHERE "Id" = {1}""", "first-call", calendar.Value);

        (await FindAsync(calendar)).Slug.Should().Be("first-call");
    }

    [DatabaseFact]
    public async Task The_previous_version_never_finds_two_calendars_at_one_address()
    {
        var here = await FindAsync(await _studio.CalendarAsync(CalendarType.Event, [], change: calendar => calendar.Slug = "intro-call"));
        var there = await FindAsync(
            await _elsewhere.CalendarAsync(CalendarType.Event, [], change: calendar => calendar.Slug = "intro-call"));

        here.OldAddress.Should().NotBe(there.OldAddress);
        new[] { here, there }.Should().OnlyContain(calendar => calendar.OldAddress == calendar.Id.Value.ToString("N"));
    }

    [DatabaseFact]
    public async Task The_first_start_gives_every_calendar_its_address()
    {
        var intro = await InsertAsOldVersionAsync(_studio, "intro-call");
        var wait = await InsertAsOldVersionAsync(_studio, "wait");
        var other = await InsertAsOldVersionAsync(_elsewhere, "yoga");
        var kept = await _elsewhere.CalendarAsync(CalendarType.Event, [], change: calendar => calendar.Slug = "kept");
        await ExecuteAsync("""UPDATE calendars SET "Address" = NULL WHERE "Id" <> {0}""", kept.Value);

        await new DatabaseMigrator(_studio.Database).MigrateAsync(CancellationToken.None);

        (await FindAsync(intro)).Slug.Should().Be("intro-call");
        (await FindAsync(wait)).Slug.Should().Be($"wait-{EndOf(await FindAsync(wait))}");
        (await FindAsync(other)).Slug.Should().Be("yoga");
        (await FindAsync(kept)).Slug.Should().Be("kept");
    }

    [DatabaseFact]
    public async Task A_business_with_a_reserved_word_as_its_address_gets_another_one()
    {
        var business = new SubAccount(SubAccountId.New(TestTenant.Monday), "Waiting", "waiting", TestTenant.Monday);
        await _studio.Database.WriteAsync(db => db.SubAccounts.AddAsync(business).AsTask());

        await new DatabaseMigrator(_studio.Database).MigrateAsync(CancellationToken.None);

        var slugs = await _studio.Database.ReadAsync(db => db.SubAccounts.Select(row => row.Slug).ToListAsync());
        slugs.Should().BeEquivalentTo("studio", "elsewhere", $"waiting-{business.Id.Value.ToString("N")[^8..]}");
    }

    private static string EndOf(Calendar calendar) => calendar.Id.Value.ToString("N")[^8..];

    private Task<Calendar> FindAsync(CalendarId id) =>
        _studio.Database.ReadAsync(db => db.Calendars.AsNoTracking().SingleAsync(row => row.Id == id));

    /// <summary>A copy of a calendar, written without the column that the previous version does not have.</summary>
    private async Task<CalendarId> InsertAsOldVersionAsync(TestTenant tenant, string slug)
    {
        var id = CalendarId.New(TestTenant.Monday);
        await using var db = _studio.Database.CreateDbContext();
        var columns = db.Model.FindEntityType(typeof(Calendar))!.GetTableMappings().Single().Table.Columns
            .Select(column => $"\"{column.Name}\"").Where(column => column != "\"Address\"").ToList();
        var values = columns.Select(
            column => column switch { "\"Id\"" => "{0}", "\"SubAccountId\"" => "{1}", "\"Slug\"" => "{2}", _ => column });
        var insert =
            $"INSERT INTO calendars ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM calendars WHERE \"Id\" = {{3}}";
        await db.Database.ExecuteSqlRawAsync(insert, id.Value, tenant.SubAccount.Value, slug, _model.Value);
        return id;
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var db = _studio.Database.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync(sql, values);
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteOldAddressTests() : OldAddressTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlOldAddressTests() : OldAddressTests(DatabaseProvider.PostgreSql);
