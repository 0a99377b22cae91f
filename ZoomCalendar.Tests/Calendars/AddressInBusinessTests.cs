using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Calendars;

/// <summary>The address of a calendar is unique within its business, by a constraint of the database.</summary>
public abstract class AddressInBusinessTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const int Attempts = 16;

    private TestTenant _studio = null!;
    private TestTenant _elsewhere = null!;

    public async Task InitializeAsync()
    {
        _studio = await TestTenant.CreateAsync(provider);
        _elsewhere = await TestTenant.CreateAsync(_studio.Database, "elsewhere");
    }

    public Task DisposeAsync() => _studio.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task Two_businesses_have_a_calendar_with_the_same_address()
    {
        var here = await CreateAsync(_studio, "intro-call");
        var there = await CreateAsync(_elsewhere, "intro-call");
        var again = await CreateAsync(_elsewhere, "intro-call");

        (here.Message, there.Message).Should().Be(("", ""));
        again.Message.Should().Be("This address is taken by another calendar. Choose another one.");
        (await SlugsAsync(_studio)).Should().Equal("intro-call");
        (await SlugsAsync(_elsewhere)).Should().Equal("intro-call");
    }

    [DatabaseFact]
    public async Task The_addresses_that_programs_get_from_names_are_counted_in_each_business()
    {
        (await WriteAsync(_studio, new CalendarPatch { Name = "Intro call" })).Message.Should().BeEmpty();
        (await WriteAsync(_elsewhere, new CalendarPatch { Name = "Intro call" })).Message.Should().BeEmpty();
        (await WriteAsync(_elsewhere, new CalendarPatch { Name = "Intro call" })).Message.Should().BeEmpty();
        var taken = await WriteAsync(_elsewhere, new CalendarPatch { Name = "Intro call", Slug = "intro-call" });

        taken.Message.Should().Be("slug is taken by another calendar. Choose another one.");
        (await SlugsAsync(_studio)).Should().Equal("intro-call");
        (await SlugsAsync(_elsewhere)).Should().Equal("intro-call", "intro-call-2");
    }

    [DatabaseFact]
    public async Task A_reserved_word_is_refused_for_a_new_calendar_and_for_a_present_one()
    {
        await CreateAsync(_studio, "intro-call");
        var id = await _studio.Database.ReadAsync(db => db.Calendars.Select(row => row.Id).SingleAsync());

        var created = await CreateAsync(_studio, "waiting");
        var edited = await _studio.CalendarSettings.EditAsync(
            new EditCalendar(id, 0) { Name = "Other", Slug = "cancel", TimeZone = "Etc/UTC" }, _studio.AsAdmin, _studio.Now, default);

        created.Message.Should().StartWith("The app's own pages use \"waiting\" as an address.");
        edited.Message.Should().StartWith("The app's own pages use \"cancel\" as an address.");
        (await SlugsAsync(_studio)).Should().Equal("intro-call");
    }

    [DatabaseFact]
    public async Task One_of_16_requests_gets_an_address_and_the_others_read_that_it_is_taken()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Attempts).Select(index => Task.Run(() => index % 2 == 0
            ? CreateAsync(_studio, "race")
            : WriteAsync(_studio, new CalendarPatch { Name = "Race", Slug = "race" }))));

        answers.Count(answer => answer.Succeeded).Should().Be(1);
        answers.Where(answer => !answer.Succeeded).Should().OnlyContain(
            answer => answer.Message.EndsWith("is taken by another calendar. Choose another one.", StringComparison.Ordinal));
        (await SlugsAsync(_studio)).Should().Equal("race");
    }

    [DatabaseFact]
    public async Task One_of_16_calendars_is_renamed_to_an_address_and_the_others_read_that_it_is_taken()
    {
        var calendars = new List<CalendarId>();
        for (var index = 0; index < Attempts; index++)
        {
            calendars.Add(await _studio.CalendarAsync(CalendarType.Event, []));
        }

        var answers = await Task.WhenAll(calendars.Select((id, index) => Task.Run(() => index % 2 == 0
            ? _studio.CalendarSettings.EditAsync(
                new EditCalendar(id, 0) { Name = "Race", Slug = "race", TimeZone = "Etc/UTC" }, _studio.AsAdmin, _studio.Now, default)
            : _studio.CalendarWriter.UpdateAsync(id, 0, new CalendarPatch { Slug = "race" }, _studio.AsAdmin, _studio.Now, default))));

        answers.Count(answer => answer.Succeeded).Should().Be(1);
        answers.Where(answer => !answer.Succeeded).Should().OnlyContain(
            answer => answer.Message.EndsWith("is taken by another calendar. Choose another one.", StringComparison.Ordinal));
        (await SlugsAsync(_studio)).Where(slug => slug == "race").Should().ContainSingle();
    }

    [DatabaseFact]
    public async Task The_database_refuses_a_second_calendar_with_the_address_in_the_business()
    {
        await AddAsync(_studio, "intro-call");
        await AddAsync(_elsewhere, "intro-call");

        var twice = () => AddAsync(_studio, "intro-call");

        await twice.Should().ThrowAsync<DbUpdateException>();
    }

    private static Task AddAsync(TestTenant tenant, string slug) => tenant.Database.WriteAsync(db => db.Calendars.AddAsync(new Calendar(
        CalendarId.New(TestTenant.Monday),
        tenant.SubAccount,
        "Intro",
        slug,
        CalendarType.Event,
        CalendarVersion.V3,
        "Etc/UTC",
        TestTenant.Monday)).AsTask());

    private static async Task<ChangeOutcome> CreateAsync(TestTenant tenant, string slug) => (await tenant.CalendarSettings.CreateAsync(
        new CreateCalendar { Name = "Intro", Slug = slug, Type = CalendarType.Event, TimeZone = "Etc/UTC" },
        tenant.AsAdmin,
        tenant.Now,
        CancellationToken.None)).Outcome;

    private static Task<ChangeOutcome> WriteAsync(TestTenant tenant, CalendarPatch patch) => tenant.CalendarWriter.CreateAsync(
        CalendarId.New(tenant.Now), patch with { Type = CalendarType.Event }, tenant.AsAdmin, tenant.Now, CancellationToken.None);

    private static Task<List<string>> SlugsAsync(TestTenant tenant) => tenant.Database.ReadAsync(
        db => db.Calendars.Where(row => row.SubAccountId == tenant.SubAccount).Select(row => row.Slug).Order().ToListAsync());
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteAddressInBusinessTests() : AddressInBusinessTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlAddressInBusinessTests() : AddressInBusinessTests(DatabaseProvider.PostgreSql);
