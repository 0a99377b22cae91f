using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Api;

/// <summary>What programs ask is asked of both databases.</summary>
public abstract class BothDatabasesTests(DatabaseProvider provider)
{
    [DatabaseFact]
    public async Task Appointments_are_paged_in_order_and_their_history_told()
    {
        await using var studio = await TestTenant.CreateAsync(provider);
        var calendar = await studio.CalendarAsync(CalendarType.Personal, [studio.Admin], new BookingRules { Seats = 5 });
        var queries = new AppointmentQueries(studio.Database);
        for (var i = 0; i < 5; i++)
        {
            await studio.BookedAsync(calendar, studio.Now.AddHours(2));
        }

        var all = new AppointmentQuery(studio.SubAccount, studio.Now, studio.Now.AddDays(1)) { Calendar = calendar, User = studio.Admin };
        var whole = await queries.ListAsync(all, CancellationToken.None);
        var first = await queries.ListAsync(all with { Limit = 2 }, CancellationToken.None);
        var last = first[^1].Appointment;
        var rest = await queries.ListAsync(all with { After = (last.Start, last.Id) }, CancellationToken.None);
        var history = await queries.HistoryAsync(last.Id, studio.SubAccount, 0, 10, CancellationToken.None);

        whole.Should().HaveCount(5);
        first.Concat(rest).Select(view => view.Appointment.Id).Should().Equal(whole.Select(view => view.Appointment.Id));
        history.Should().NotBeEmpty();
    }

    [DatabaseFact]
    public async Task Tokens_contacts_keys_and_blocked_times_are_kept()
    {
        await using var studio = await TestTenant.CreateAsync(provider);
        var gate = new TokenAuthenticator(studio.Database);
        var contacts = new ContactBook(studio.Database);
        var made = await new PrivateTokens(studio.Database).CreateAsync("t", [TokenScopes.ReadEvents], null, studio.AsAdmin, studio.Now, CancellationToken.None);
        var (holder, _) = await gate.AuthenticateAsync(made.Secret!, studio.Now, CancellationToken.None);
        var keys = new IdempotencyKeys(studio.Database);
        var details = new ContactDetails("Jo", "jo@example.com", "+1 312 555 0100", null);

        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => keys.ClaimAsync(holder!.TokenId, "k", "h", studio.Now, CancellationToken.None)));
        var people = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => contacts.UpsertAsync(details, studio.SubAccount, studio.Now, CancellationToken.None)));
        var byPhone = await contacts.UpsertAsync(new ContactDetails(null, null, "+1 312 555 0100", null), studio.SubAccount, studio.Now, CancellationToken.None);
        var blocked = await new BlockedTimes(studio.Database).CreateAsync(
            Guid.NewGuid(), new BlockRequest(studio.Admin, null, "Dentist", studio.Now, studio.Now.AddHours(1)), studio.SubAccount, CancellationToken.None);

        ids.Distinct().Should().ContainSingle().Which.Should().NotBeNull();
        people.Select(each => each.Contact!.Id).Distinct().Should().ContainSingle();
        people.Count(each => each.IsNew).Should().Be(1);
        byPhone.Contact!.Id.Should().Be(people[0].Contact!.Id);
        blocked.Blocked.Should().NotBeNull();
    }

    [DatabaseFact]
    public async Task Two_readers_of_the_same_events_write_one_delivery_and_one_sender_leases_it()
    {
        await using var studio = await TestTenant.CreateAsync(provider);
        var calendar = await studio.CalendarAsync(CalendarType.Personal, [studio.Admin]);
        var webhooks = new WebhookSubscriptions(studio.Database, Options.Create(new WebhookOptions()));
        await webhooks.CreateAsync(WebhookId.New(studio.Now), "https://example.com/hook", [], studio.SubAccount, studio.Now, CancellationToken.None);
        await studio.BookedAsync(calendar, studio.Now.AddHours(2));
        WebhookReader Reader() => new(studio.Database, new AppointmentQueries(studio.Database), new ZoomCalendar.Web.Api.WebhookBodies());

        await Task.WhenAll(Reader().ReadAsync(studio.Now, CancellationToken.None), Reader().ReadAsync(studio.Now, CancellationToken.None));
        await Reader().ReadAsync(studio.Now, CancellationToken.None);

        var deliveries = await studio.Database.ReadAsync(db => db.WebhookDeliveries.ToListAsync());
        deliveries.Should().ContainSingle().Which.Type.Should().Be(WebhookType.AppointmentCreate);
    }

    [DatabaseFact]
    public async Task A_calendar_is_written_and_deleted()
    {
        await using var studio = await TestTenant.CreateAsync(provider);
        var writer = studio.CalendarWriter;
        var id = CalendarId.New(studio.Now);
        var wish = new CalendarPatch { Name = "Talks", Type = CalendarType.Personal, Members = [new MemberPatch(studio.Admin, null, true, 5)] };

        var made = await writer.CreateAsync(id, wish, studio.AsAdmin, studio.Now, CancellationToken.None);
        var changed = await writer.UpdateAsync(id, 0, new CalendarPatch { Name = "Long talks" }, studio.AsAdmin, studio.Now, CancellationToken.None);
        var late = await writer.UpdateAsync(id, 0, new CalendarPatch { Name = "Late" }, studio.AsAdmin, studio.Now, CancellationToken.None);
        var deleted = await writer.DeleteAsync(id, null, studio.AsAdmin, studio.Now, CancellationToken.None);

        new[] { made.Succeeded, changed.Succeeded, late.Succeeded, deleted.Succeeded }.Should().Equal(true, true, false, true);
        (await studio.Database.ReadAsync(db => db.Calendars.AnyAsync(row => row.Id == id))).Should().BeFalse();
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteApiTests() : BothDatabasesTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
public sealed class PostgreSqlApiTests() : BothDatabasesTests(DatabaseProvider.PostgreSql);
