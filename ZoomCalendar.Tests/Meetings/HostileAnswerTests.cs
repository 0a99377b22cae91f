using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>
/// Values that Zoom should not send: too long for the database, of another type, out of range. They are odd answers, and nobody else waits
/// for them.
/// </summary>
public abstract class HostileAnswerTests(DatabaseProvider provider)
{
    private static readonly string[] Values =
    [
        Text(300),
        Text(1_100),
        Text(200_000),
        "\"https://zoom.us/j/" + new string('x', 1_100) + "\"",
        "\"https://zoom.us/j/" + new string('ü', 400) + "\"",
        "\"a\\u0000b\"",
        "\"a\\ud83d\"",
        "-1",
        "0",
        "1e400",
        "true",
        "[]",
        "{}",
        Deep(70),
        "\"9999-12-31T23:59:59Z\"",
        "\"0001-01-01T00:00:00+14:00\"",
    ];

    public static TheoryData<string> Fields { get; } =
        ["id", "uuid", "host_id", "topic", "type", "status", "start_time", "duration", "timezone", "agenda", "created_at", "join_url",
            "password"];

    [DatabaseTheory]
    [MemberData(nameof(Fields))]
    public async Task A_hostile_value_in_an_answer_about_one_meeting_holds_up_no_other_meeting_and_no_other_account(string field)
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync(provider);
        var rewritten = new RewrittenAnswers
        {
            Field = field,
            ValueFor = topic => topic.StartsWith(
            "Odd ", StringComparison.Ordinal) ? Values[int.Parse(topic[4..], CultureInfo.InvariantCulture)] : null
        };
        var process = zoomHost.NewProcess(way: () => new RewrittenAnswers.Handler(rewritten));
        var dora = await zoomHost.TestTenant.UserAsync("dora");
        await zoomHost.ConnectAsync(dora, "dora", "dora@zoom.test");
        var hers = await zoomHost.TestTenant.CalendarAsync(CalendarType.Personal, [dora]);

        var odd = new List<AppointmentId>();
        for (var i = 0; i < Values.Length; i++)
        {
            odd.Add(await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow.AddDays(2).AddHours(i), $"Odd {i}", reconcile: false));
        }

        var even = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow.AddDays(3), "Even", reconcile: false);
        var other = await zoomHost.BookedAsync(hers, zoomHost.Tomorrow, "Other", reconcile: false);
        await WorkAsync(minutes: 10, seconds: 5);

        (await zoomHost.LinkOfAsync(even)).Should().NotBeNull("another meeting of the same account goes on");
        (await zoomHost.LinkOfAsync(other)).Should().NotBeNull("another account goes on");
        zoomHost.Failures.Exceptions.Should().BeEmpty("an odd answer is a result, not an exception");
        foreach (var id in odd)
        {
            LinkDescriber.ForStaff(LinkFacts.Of(await zoomHost.MeetingOfAsync(id), (await zoomHost.AccountAsync()).State, zoomHost.Now))
                .Text.Should().NotBeEmpty();
        }

        rewritten.ValueFor = _ => null;
        await WorkAsync(minutes: 70);
        await zoomHost.TestTenant.Database.ReadAsync(
            db => db.ZoomAccounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.LastSweptAt, (DateTimeOffset?)null)));
        await WorkAsync(minutes: 3);

        var inZoom = zoomHost.InZoom.Select(meeting => meeting.JoinUrl).ToHashSet();
        foreach (var id in odd)
        {
            inZoom.Should().Contain((await zoomHost.LinkOfAsync(id))!, "it is answered as it should be by now");
        }

        inZoom.Should().HaveCount(Values.Length + 2, "no twin is left");
        zoomHost.Failures.Exceptions.Should().BeEmpty();

        async Task WorkAsync(int minutes, int seconds = 30)
        {
            for (var i = 0; i < minutes * 60 / seconds; i++)
            {
                zoomHost.Clock.Advance(TimeSpan.FromSeconds(seconds));
                zoomHost.TestTenant.Now = zoomHost.Now;
                await process.ReconcileAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
            }
        }
    }

    [DatabaseTheory]
    [InlineData("Retry-After", "NaN")]
    [InlineData("Retry-After", "-Infinity")]
    [InlineData("Retry-After", "-5")]
    [InlineData("Retry-After", "1999-01-01T00:00:00Z")]
    [InlineData("Retry-After", "9999-12-31T23:59:59Z")]
    [InlineData("Retry-After", "0001-01-01T00:00:00+14:00")]
    [InlineData("Retry-After", "99999999999999999999999999999999999999999999")]
    [InlineData("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Date", "Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Date", "Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("x-zm-trackingid", "ünïcödé")]
    public async Task A_hostile_header_delays_the_link_and_breaks_nothing(string header, string value)
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync(provider);
        zoomHost.Control.Fail(new SandboxFault
        {
            Status = 429,
            Code = 429,
            Message = "per-second",
            Headers = new Dictionary<string, string> { [header] = value },
        });

        var jo = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow);
        for (var i = 0; i < 65; i++)
        {
            await zoomHost.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        zoomHost.Failures.Exceptions.Should().BeEmpty();
        (await zoomHost.LinkOfAsync(jo)).Should().NotBeNull();
        (await zoomHost.AccountAsync()).ClockOffset.Duration().Should().BeLessThan(TimeSpan.FromDays(1));
    }

    [DatabaseTheory]
    [InlineData(299)]
    [InlineData(300)]
    public async Task Zooms_messages_are_shortened_between_two_characters(int length)
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync(provider);
        var body = $$"""{"code":300,"message":"x","errors":[{"field":"f","message":"{{new string('y', length - 8)}}😀😀"}]}""";
        zoomHost.Control.Fail(new SandboxFault { Status = 400, Body = body });

        var jo = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow);

        zoomHost.Failures.Exceptions.Should().BeEmpty();
        (await zoomHost.MeetingOfAsync(jo)).WaitingFor.Should().Be(WaitingFor.Refused);
        (await zoomHost.EventsAsync(EventKind.LinkWaiting)).Should().ContainSingle();
    }

    private static string Text(int length) => $"\"{new string('x', length)}\"";

    private static string Deep(int depth) => new string('[', depth) + new string(']', depth);
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteHostileAnswerTests() : HostileAnswerTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlHostileAnswerTests() : HostileAnswerTests(DatabaseProvider.PostgreSql);
