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

/// <summary>The API's queries on both databases.</summary>
public abstract class BothDatabasesTests(DatabaseProvider provider)
{
    [DatabaseFact]
    public async Task Appointments_are_paged_in_order_with_their_history()
    {
        await using var tenant = await TestTenant.CreateAsync(provider);
        var calendar = await tenant.CalendarAsync(CalendarType.Personal, [tenant.Admin], new BookingRules { Seats = 5 });
        var queries = new AppointmentQueries(tenant.Database);
        for (var i = 0; i < 5; i++)
        {
            await tenant.BookedAsync(calendar, tenant.Now.AddHours(2));
        }

        var all = new AppointmentQuery(tenant.SubAccount, tenant.Now, tenant.Now.AddDays(1)) { Calendar = calendar, User = tenant.Admin };
        var whole = await queries.ListAsync(all, CancellationToken.None);
        var first = await queries.ListAsync(all with { Limit = 2 }, CancellationToken.None);
        var last = first[^1].Appointment;
        var rest = await queries.ListAsync(all with { After = (last.Start, last.Id) }, CancellationToken.None);
        var history = await queries.HistoryAsync(last.Id, tenant.SubAccount, 0, 10, CancellationToken.None);

        whole.Should().HaveCount(5);
        first.Concat(rest).Select(view => view.Appointment.Id).Should().Equal(whole.Select(view => view.Appointment.Id));
        history.Should().NotBeEmpty();
    }

    [DatabaseFact]
    public async Task Tokens_contacts_idempotency_keys_and_blocked_times_are_stored()
    {
        await using var tenant = await TestTenant.CreateAsync(provider);
        var gate = new TokenAuthenticator(tenant.Database);
        var contacts = new ContactBook(tenant.Database);
        var made = await new PrivateTokens(tenant.Database)
            .CreateAsync("t", [TokenScopes.ReadEvents], null, tenant.AsAdmin, tenant.Now, CancellationToken.None);
        var (holder, _) = await gate.AuthenticateAsync(made.Secret!, tenant.Now, CancellationToken.None);
        var keys = new IdempotencyKeys(tenant.Database);
        var details = new ContactDetails("Jo", "jo@example.com", "+1 312 555 0100", null);

        var ids = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => keys.ClaimAsync(holder!.TokenId, "k", "h", tenant.Now, CancellationToken.None)));
        var people = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => contacts.UpsertAsync(details, tenant.SubAccount, tenant.Now, CancellationToken.None)));
        var byPhone = await contacts.UpsertAsync(
            new ContactDetails(null, null, "+1 312 555 0100", null), tenant.SubAccount, tenant.Now, CancellationToken.None);
        var blocked = await new BlockedTimes(tenant.Database).CreateAsync(
            Guid.NewGuid(),
            new BlockRequest(tenant.Admin, null, "Dentist", tenant.Now, tenant.Now.AddHours(1)),
            tenant.SubAccount,
            CancellationToken.None);

        ids.Distinct().Should().ContainSingle().Which.Should().NotBeNull();
        people.Select(each => each.Contact!.Id).Distinct().Should().ContainSingle();
        people.Count(each => each.IsNew).Should().Be(1);
        byPhone.Contact!.Id.Should().Be(people[0].Contact!.Id);
        blocked.Blocked.Should().NotBeNull();
    }

    [DatabaseFact]
    public async Task Two_readers_of_the_same_events_write_one_delivery_and_one_sender_leases_it()
    {
        await using var tenant = await TestTenant.CreateAsync(provider);
        var calendar = await tenant.CalendarAsync(CalendarType.Personal, [tenant.Admin]);
        var webhooks = new WebhookSubscriptions(tenant.Database, Options.Create(new WebhookOptions()));
        await webhooks.CreateAsync(
            WebhookId.New(tenant.Now), "https://example.com/hook", [], tenant.SubAccount, null, tenant.Now, CancellationToken.None);
        await tenant.BookedAsync(calendar, tenant.Now.AddHours(2));
        WebhookReader Reader() => new(tenant.Database, new AppointmentQueries(tenant.Database), new ZoomCalendar.Web.Api.WebhookBodies());

        await Task.WhenAll(Reader().ReadAsync(tenant.Now, CancellationToken.None), Reader().ReadAsync(tenant.Now, CancellationToken.None));
        await Reader().ReadAsync(tenant.Now, CancellationToken.None);

        var deliveries = await tenant.Database.ReadAsync(db => db.WebhookDeliveries.ToListAsync());
        deliveries.Should().ContainSingle().Which.Type.Should().Be(WebhookType.AppointmentCreate);
    }

    [DatabaseFact]
    public async Task A_calendar_is_written_and_deleted()
    {
        await using var tenant = await TestTenant.CreateAsync(provider);
        var writer = tenant.CalendarWriter;
        var id = CalendarId.New(tenant.Now);
        var wish = new CalendarPatch
        {
            Name = "Talks",
            Type = CalendarType.Personal,
            Members = [new MemberPatch(tenant.Admin, null, true, 5)],
        };

        var made = await writer.CreateAsync(id, wish, tenant.AsAdmin, tenant.Now, CancellationToken.None);
        var changed = await writer.UpdateAsync(
            id, 0, new CalendarPatch { Name = "Long talks" }, tenant.AsAdmin, tenant.Now, CancellationToken.None);
        var late = await writer.UpdateAsync(id, 0, new CalendarPatch { Name = "Late" }, tenant.AsAdmin, tenant.Now, CancellationToken.None);
        var deleted = await writer.DeleteAsync(id, null, tenant.AsAdmin, tenant.Now, CancellationToken.None);

        new[] { made.Succeeded, changed.Succeeded, late.Succeeded, deleted.Succeeded }.Should().Equal(true, true, false, true);
        (await tenant.Database.ReadAsync(db => db.Calendars.AnyAsync(row => row.Id == id))).Should().BeFalse();
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteApiTests() : BothDatabasesTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlApiTests() : BothDatabasesTests(DatabaseProvider.PostgreSql);
