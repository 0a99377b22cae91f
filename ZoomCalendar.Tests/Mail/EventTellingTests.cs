using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Activity;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Mail;

/// <summary>
/// Every event kind has a text in the activity, and either another reader or an entry here as activity only.
/// </summary>
public abstract class EventTellingTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Link = "https://zoom.example/j/1?pwd=a";

    /// <summary>Where an event of the kind is told besides the activity.</summary>
    private static readonly Dictionary<EventKind, Outlet> Told = new()
    {
        [EventKind.AppointmentBooked] = Outlet.Message,
        [EventKind.AppointmentEdited] = Outlet.Message,
        [EventKind.AppointmentMoved] = Outlet.Message,
        [EventKind.AppointmentCancelled] = Outlet.Message,
        [EventKind.AppointmentRestored] = Outlet.Message,
        [EventKind.AppointmentDeleted] = Outlet.Message,
        [EventKind.AppointmentStatusChanged] = Outlet.Message,
        [EventKind.AppointmentAskedAgain] = Outlet.Message,
        [EventKind.BookerChanged] = Outlet.Message,
        [EventKind.ConfirmationSentAgain] = Outlet.Message,
        [EventKind.LinkReady] = Outlet.Message,
        [EventKind.LinkChanged] = Outlet.Message,
        [EventKind.LinkLost] = Outlet.Bell | Outlet.Message,
        [EventKind.LinkWaiting] = Outlet.Bell | Outlet.Notice,
        [EventKind.LinkOverdue] = Outlet.Bell | Outlet.Notice,
        [EventKind.LinkChangedInZoom] = Outlet.Bell,
        [EventKind.ConnectionLost] = Outlet.Bell | Outlet.Notice,
        [EventKind.ConnectionEnded] = Outlet.Bell | Outlet.Notice,
        [EventKind.QuotaNear] = Outlet.Bell | Outlet.Notice,
        [EventKind.QuotaUsedUp] = Outlet.Bell | Outlet.Notice,
    };

    /// <summary>Shown in the activity only.</summary>
    private static readonly Dictionary<EventKind, string> ActivityAlone = new()
    {
        [EventKind.LinkReused] = "The confirmation of the same booking has the link.",
        [EventKind.LinkDropped] =
            "The cancellation or the change is told. Only a meeting that its host has to delete by hand is shown in the bell; "
                + "another test holds that.",
        [EventKind.LinkMissed] = "That the link was missing has been told before, to the host.",
        [EventKind.LinkUpdated] = "Zoom has what everybody knows.",
        [EventKind.ConnectionMade] = "Who connects sees it; the links that follow are told.",
        [EventKind.ConnectionRestored] = "Who connects sees it; the links that follow are told.",
        [EventKind.CalendarChanged] = "Concerns later bookings.",
        [EventKind.MembershipChanged] = "The person concerned gets a message of its own or is there.",
        [EventKind.MessagesChanged] = "Concerns later messages.",
        [EventKind.WaitingListChanged] = "The person in line gets a message of its own.",
        [EventKind.ForeignMarkerSeen] = "Nothing was done, and nothing has to be done.",
    };

    private TestTenant _tenant = null!;
    private MailTestHost _mail = null!;
    private UserId _ben;
    private AppointmentId _id;

    [Flags]
    private enum Outlet
    {
        None = 0,

        /// <summary>Shown in the bell, to an admin and to whom it concerns.</summary>
        Bell = 1,

        /// <summary>A message to a member.</summary>
        Notice = 2,

        /// <summary>A message about the appointment.</summary>
        Message = 4,
    }

    public static TheoryData<EventKind> Kinds => [.. Enum.GetValues<EventKind>()];

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _ben = await _tenant.UserAsync("ben");
        await _tenant.ConnectAsync(_ben, "key-of-ben");
        _mail = new MailTestHost(_tenant);
        await _mail.StartAsync();
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        _id = await _tenant.BookedAsync(calendar, TestTenant.Monday.AddHours(5));
        await _mail.LinkAsync(_id, Link);
        await _mail.WorkAsync();
        _tenant.Now += TimeSpan.FromMinutes(15);
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseTheory]
    [MemberData(nameof(Kinds))]
    public async Task Every_event_kind_has_a_message_or_is_listed_as_activity_only(EventKind kind)
    {
        var isAlone = ActivityAlone.ContainsKey(kind);
        isAlone.Should().NotBe(Told.ContainsKey(kind), "somebody has decided who is told of {0}", kind);
        var before = (await _mail.RowsAsync()).Count;

        await HappensAsync(kind);
        await _mail.ReadAsync();

        var line = (await new ActivityReader(_tenant.Database).ReadAsync(
            new ActivityQuery { Take = 1 }, _tenant.AsAdmin, CancellationToken.None)).Entries.Single();
        line.Kind.Should().Be(kind);
        EventTexts.Title(line).Should().NotBe(kind.ToString()).And.NotBeEmpty();
        var rows = (await _mail.RowsAsync()).Skip(before).ToList();
        var found = Outlet.None
            | (await IsInBellOfAsync(kind, _tenant.AsAdmin) && await IsInBellOfAsync(kind, _tenant.As(_ben)) ? Outlet.Bell : Outlet.None)
            | (rows.Any(row => row.Kind is MessageKind.Notice) ? Outlet.Notice : Outlet.None)
            | (rows.Any(row => row.Kind is not MessageKind.Notice) ? Outlet.Message : Outlet.None);
        found.Should().Be(Told.GetValueOrDefault(kind));
    }

    [DatabaseFact]
    public async Task Each_kind_belongs_to_a_topic_that_the_activity_can_be_filtered_by()
    {
        await Task.CompletedTask;

        Enum.GetValues<ActivityTopic>().SelectMany(ActivityTopics.KindsOf).Should().BeEquivalentTo(Enum.GetValues<EventKind>());
        Enum.GetValues<ActivityTopic>().Should().OnlyContain(topic => ActivityTopics.KindsOf(topic).Count > 0);
        ActivityTopics.KindsOf(ActivityTopic.Links).Should()
            .OnlyContain(kind => kind.ToString().StartsWith("Link", StringComparison.Ordinal) || kind == EventKind.ForeignMarkerSeen);
    }

    [DatabaseFact]
    public async Task A_user_who_disconnects_gets_no_notice_and_the_admins_do()
    {
        await HappensAsync(EventKind.ConnectionEnded, _ben);

        (await IsInBellOfAsync(EventKind.ConnectionEnded, _tenant.As(_ben))).Should().BeFalse();
        (await IsInBellOfAsync(EventKind.ConnectionEnded, _tenant.AsAdmin)).Should().BeTrue();
    }

    private async Task<bool> IsInBellOfAsync(EventKind kind, Actor actor) =>
        (await new NoticeReader(_tenant.Database).ReadAsync(actor, _tenant.Now, CancellationToken.None))
            .Entries.Any(line => line.Kind == kind);

    /// <summary>The event, and what it says of the appointment and its link.</summary>
    private Task HappensAsync(EventKind kind, UserId? actor = null) => _tenant.Database.WriteAsync(async db =>
    {
        var appointment = await db.Appointments.SingleAsync(row => row.Id == _id);
        var meeting = await db.SlotMeetings.SingleAsync(row => row.Id == appointment.SlotMeetingId);
        switch (kind)
        {
            case EventKind.AppointmentCancelled or EventKind.AppointmentDeleted or EventKind.AppointmentStatusChanged:
                appointment.Status = AppointmentStatus.Cancelled;
                break;
            case EventKind.AppointmentEdited:
                appointment.Booker = appointment.Booker with { Name = "Joanna" };
                break;
            case EventKind.BookerChanged:
                appointment.Booker = appointment.Booker with { Email = "new@example.test" };
                break;
            case EventKind.AppointmentMoved:
                appointment.MoveTo(_ben, appointment.Start.AddHours(1), appointment.End.AddHours(1));
                break;
            case EventKind.LinkReady or EventKind.LinkChanged:
                meeting.RecordCreated(2, "other", "https://zoom.example/j/2", "1234", null, _tenant.Now);
                break;
        }

        var isOfAppointment = kind.ToString().StartsWith("Appointment", StringComparison.Ordinal)
            || kind.ToString().StartsWith("Link", StringComparison.Ordinal)
            || kind is EventKind.BookerChanged or EventKind.ConfirmationSentAgain;
        db.Events.Add(new Event
        {
            At = _tenant.Now,
            SubAccountId = _tenant.SubAccount,
            Kind = kind,
            UserId = _ben,
            ActorId = actor,
            AppointmentId = isOfAppointment ? _id : null,
            Detail = "What happened.",
        });
    });
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteEventTellingTests() : EventTellingTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlEventTellingTests() : EventTellingTests(DatabaseProvider.PostgreSql);
