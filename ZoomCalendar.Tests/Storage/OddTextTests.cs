using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Operations.Feedback;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Accounts;

namespace ZoomCalendar.Tests.Storage;

/// <summary>
/// Everything that staff, programs and visitors can type, with text that .NET can hold and others cannot: kept or refused, never a fault.
/// </summary>
public abstract class OddTextTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Ten = TestTenant.Monday.AddHours(2);

    // Not inline data: halves of pairs do not survive the way to the test.
    private static readonly string[] Odd = ["\0", "a\0b", "\ufffe", "a\uffffb", "\ud800", "a\udc00b", "\udc00\ud800", "\u200b", "\u001b",
        "\u2028", "😀\ud83d", "e\u0301", "\u0301", "{{a\0}}", "https://a\0.test", "a\0@example.test"];

    private TestTenant _tenant = null!;
    private UserId _ben;
    private CalendarId _intro;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _ben = await _tenant.UserAsync("ben");
        _intro = await _tenant.CalendarAsync(CalendarType.Personal, [_ben], location: MeetingLocation.AskTheBooker);
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task Any_text_is_stored_or_refused_without_a_server_error()
    {
        var (database, admin, now, none) = (_tenant.Database, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);
        var faults = new List<string>();
        foreach (var (odd, index) in Odd.Select((odd, index) => (odd, index)))
        {
            var start = Ten.AddHours(index);
            await TryAsync("calendar", () => _tenant.CalendarSettings.CreateAsync(
                new CreateCalendar { Name = odd, Slug = $"c{index}", Type = CalendarType.Event, TimeZone = "Etc/UTC" }, admin, now, none));
            await TryAsync("slug", () => _tenant.CalendarSettings.CreateAsync(
                new CreateCalendar { Name = "Name", Slug = odd, Type = CalendarType.Event, TimeZone = odd }, admin, now, none));
            await TryAsync("booking", () => _tenant.BookAsync(
                _intro, start, booking => booking.Request = booking.Request with
                {
                    Title = odd,
                    Notes = odd,
                    LocationAnswer = odd,
                    Booker = new Booker { Name = $"n{odd}", Phone = odd, Email = $"jo{index}@example.test" },
                }));
            await TryAsync("address", () => _tenant.BookAsync(
                _intro, start.AddMinutes(30), booking => booking.Request = booking.Request with
                {
                    Source = BookingSource.Public,
                    Booker = new Booker { Name = "Jo", Email = odd, TimeZone = odd },
                }, Actor.ForBooker(_tenant.SubAccount)));
            await TryAsync("waiting list", () => _tenant.WaitingList.JoinAsync(
                new JoinRequest(WaitingId.New(now), _intro, start)
                {
                    Notes = odd,
                    LocationAnswer = odd,
                    Booker = new Booker { Name = odd, Email = $"jo{odd}@example.test" },
                }, Actor.ForBooker(_tenant.SubAccount), now, none));
            await TryAsync("contact", () => new ContactBook(database).UpsertAsync(
                new ContactDetails(odd, $"c{index}@example.test", odd, null), _tenant.SubAccount, now, none));
            await TryAsync(
                "contact's address",
                () => new ContactBook(database).UpsertAsync(new ContactDetails("Jo", odd, odd, odd), _tenant.SubAccount, now, none));
            await TryAsync("invitation", () => new Invitations(
                database, new EphemeralDataProtectionProvider(), _tenant.Signals).InviteAsync(
                odd, Role.User, token => new Message
                {
                    Id = Guid.CreateVersion7(),
                    Kind = MessageKind.Account,
                    Receiver = MessageReceiver.User,
                    Content = token,
                    Subject = odd,
                }, admin, now, none));
            await TryAsync(
                "invitation's link",
                () => new Invitations(database, new EphemeralDataProtectionProvider(), _tenant.Signals).FindAsync(odd, now, none));
            await TryAsync("feedback", async () => await new FeedbackService(database).ExplainAsync(
                (await new FeedbackService(database).AnswerAsync(odd, false, admin, now, none))!.Value, odd, admin, none));
            await TryAsync("template", async () =>
            {
                var book = new MessageTemplateStore(database, _tenant.Signals);
                return await book.SaveAsync((await book.ListAsync(admin, none))[0] with
                {
                    Subject = $"s{odd}",
                    Body = $"b{odd}",
                }, admin, now, none);
            });
            await TryAsync("blocked time", () => new UserAvailability(database, _tenant.Signals).BlockAsync(
                odd, start.AddDays(9), start.AddDays(9).AddMinutes(5), _tenant.As(_ben), now, none));
            await TryAsync("hours", () => new UserAvailability(database, _tenant.Signals).SaveAsync(null, odd, _tenant.As(_ben), none));
            await TryAsync("program's blocked time", () => new BlockedTimes(database).CreateAsync(
                Guid.NewGuid(),
                new BlockRequest(_ben, null, odd, start.AddDays(10), start.AddDays(10).AddMinutes(5)),
                _tenant.SubAccount,
                none));
            await TryAsync("token", () => new PrivateTokens(database).CreateAsync(odd, [TokenScopes.All[0].Name], null, admin, now, none));
            await TryAsync("scope", () => new PrivateTokens(database).CreateAsync("Name", [odd], null, admin, now, none));
            await TryAsync("idempotency key", async () =>
            {
                var token = await database.ReadAsync(db => db.PrivateTokens.Select(row => (PrivateTokenId?)row.Id).FirstOrDefaultAsync());
                return token is { } known ? await new IdempotencyKeys(database).ClaimAsync(known, $"k{odd}", "hash", now, none) : null;
            });
            await TryAsync("webhook", () => new WebhookSubscriptions(database, Options.Create(new WebhookOptions())).CreateAsync(
                WebhookId.New(now), odd, [], _tenant.SubAccount, null, now, none));
            await TryAsync("profile", () => new ProfileEditor(database).SaveAsync(
                _ben, new ProfileDetails("ben", "Etc/UTC"), new ProfileDetails(odd, odd), none));
            await TryAsync("search", () => new ScheduleReader(database,
                new Microsoft.Extensions.Time.Testing.FakeTimeProvider(now)).RangeAsync(admin, TestTenant.Monday,
                TestTenant.Monday.AddDays(1), ScheduleFilter.Everything with { Search = odd }, none));

            async Task TryAsync<T>(string what, Func<Task<T>> work)
            {
                try
                {
                    await work();
                }
                catch (Exception exception)
                {
                    faults.Add($"{what} {index}: {exception.GetBaseException().Message}");
                }
            }
        }

        faults.Should().BeEmpty();
        foreach (var text in await database.ReadAsync(db => db.Appointments.Select(
            row => row.Title + row.Notes + row.Booker.Name + row.Booker.Phone + row.Location.Detail).ToListAsync()))
        {
            StorableText.IsClean(text).Should().BeTrue();
        }
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteOddTextTests() : OddTextTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlOddTextTests() : OddTextTests(DatabaseProvider.PostgreSql);
