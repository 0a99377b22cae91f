using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Mail;

/// <summary>Letters about an end or a change of host say of the link what is true of it.</summary>
public abstract class LinkInLettersTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Jo = "jo@example.test";
    private const string Link = "https://zoom.example/j/1?pwd=a";
    private static readonly DateTimeOffset Friday = TestTenant.Monday.AddDays(4);

    private TestTenant _tenant = null!;
    private MailTestHost _mail = null!;
    private UserId _ben;
    private UserId _cleo;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        (_ben, _cleo) = (await _tenant.UserAsync("ben"), await _tenant.UserAsync("cleo"));
        await _tenant.ConnectAsync(_ben, "key-of-ben");
        _mail = new MailTestHost(_tenant);
        await _mail.StartAsync();
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_cancelled_booker_who_had_a_link_reads_that_it_is_no_longer_theirs_even_if_others_go_on_using_it()
    {
        var group = await CalendarAsync(MeetingLocation.Zoom);
        var jo = await _tenant.BookedAsync(group, Friday);
        await _tenant.BookedAsync(group, Friday);
        await _mail.LinkAsync(jo, Link);

        (await CancelledAsync(jo)).Should().Contain("You can no longer use its Zoom link.").And.NotContain("no longer works");
    }

    [DatabaseTheory]
    [InlineData(MeetingLocationKind.Zoom)]
    [InlineData(MeetingLocationKind.Phone)]
    [InlineData(MeetingLocationKind.InPerson)]
    public async Task A_cancelled_booker_who_never_had_a_link_reads_nothing_about_one(MeetingLocationKind kind)
    {
        var jo = await _tenant.BookedAsync(
            await CalendarAsync(kind is MeetingLocationKind.Zoom ? MeetingLocation.Zoom : new MeetingLocation(kind, "Room 1")), Friday);

        (await CancelledAsync(jo)).Should().Contain("your appointment is cancelled.").And.NotContain("link");
    }

    [DatabaseTheory]
    [InlineData(true, "Its Zoom meeting on your account is being deleted.")]
    [InlineData(false, null)]
    public async Task A_former_host_reads_of_a_meeting_only_if_one_was_left_behind(bool onZoom, string? left)
    {
        var robin = await CalendarAsync(
            onZoom ? MeetingLocation.Zoom : new MeetingLocation(MeetingLocationKind.InPerson, "Room 1"), CalendarType.RoundRobin);
        var jo = await _tenant.BookedAsync(robin, Friday, builder => builder.Request = builder.Request with { HostId = _ben });
        if (onZoom)
        {
            await _mail.LinkAsync(jo, Link);
        }

        await _mail.WorkAsync();
        (await _tenant.MoveAsync(jo, Friday, _cleo)).Succeeded.Should().BeTrue();
        await _mail.WorkAsync();

        var message = _mail.Box.To("ben@studio.test").Last();
        message.Subject.Should().StartWith("Reassigned: ");
        if (left is null)
        {
            message.Body.Should().NotContain("meeting");
        }
        else
        {
            message.Body.Should().Contain(left);
        }
    }

    private Task<CalendarId> CalendarAsync(MeetingLocation location, CalendarType type = CalendarType.Personal) =>
        _tenant.CalendarAsync(type, type is CalendarType.RoundRobin ? [_ben, _cleo] : [_ben], new BookingRules { Seats = 3 }, location);

    private async Task<string> CancelledAsync(AppointmentId id)
    {
        await _mail.WorkAsync();
        (await _tenant.CancelAsync(id)).Succeeded.Should().BeTrue();
        await _mail.WorkAsync();
        var message = _mail.Box.To(Jo).Last();
        message.Subject.Should().StartWith("Cancelled");
        return message.Body;
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteLinkInLettersTests() : LinkInLettersTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlLinkInLettersTests() : LinkInLettersTests(DatabaseProvider.PostgreSql);
