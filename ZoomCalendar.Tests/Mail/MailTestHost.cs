using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Booking;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Mail;

/// <summary>Everything from an event to a delivered message, on a tenant's database and clock, with a message box at the end.</summary>
internal sealed class MailTestHost
{
    private readonly TestTenant _tenant;
    private readonly FakeTimeProvider _clock;
    private readonly MessageWriter _writer;

    public MailTestHost(TestTenant tenant, IMailTransport? transport = null)
    {
        _tenant = tenant;
        _clock = new FakeTimeProvider(tenant.Now);
        Queue = new MessageQueue(tenant.Database);
        (Renderer, Sender) = New(tenant.Database, Queue, transport ?? Box, _clock);
        _writer = new MessageWriter(tenant.Database, new MessageSettings());
    }

    public LetterBox Box { get; } = new();

    public MessageQueue Queue { get; }

    public MessageRenderer Renderer { get; }

    public MessageSender Sender { get; }

    public static (MessageRenderer Renderer, MessageSender Sender) New(
        IDbContextFactory<ZoomCalendarContext> contexts, MessageQueue queue, IMailTransport transport, TimeProvider clock)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("PublicUrl", "https://book.example.test")]).Build();
        var publicUrl = new PublicUrl(configuration, new HostingEnvironment { EnvironmentName = "Production" }, null!);
        var (tokens, ids) = (new SignedTokens(new EphemeralDataProtectionProvider()), new MessageIds(publicUrl));
        var renderer = new MessageRenderer(
            new AppointmentLinks(tokens), publicUrl, ids, Options.Create(new MailOptions { From = "no-reply@book.example.test" }));
        var waiting = new WaitingListMessages(contexts, new WaitingListLinks(tokens), publicUrl, ids);
        var notices = new NoticeMessages(contexts, publicUrl, ids);
        return (renderer, new MessageSender(
            contexts,
            queue,
            renderer,
            waiting,
            notices,
            transport,
            clock,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<MessageSender>.Instance));
    }

    public Task StartAsync() => _writer.StartAsync(CancellationToken.None);

    /// <summary>Events are read and what is due is sent, at the tenant's present time.</summary>
    public async Task WorkAsync()
    {
        await ReadAsync();
        await Sender.SendDueAsync(CancellationToken.None);
    }

    /// <summary>Events are read, and nothing is sent.</summary>
    public async Task ReadAsync()
    {
        _clock.SetUtcNow(_tenant.Now);
        while (await _writer.ReadAsync(_tenant.Now, CancellationToken.None) > 0)
        {
        }
    }

    public Task<List<Message>> RowsAsync() =>
        _tenant.Database.ReadAsync(db => db.Messages.AsNoTracking().OrderBy(message => message.Id).ToListAsync());

    /// <summary>As the reconciler does: the slot's meeting exists, and everybody in the slot is told in an event.</summary>
    public Task LinkAsync(AppointmentId id, string url) => _tenant.Database.WriteAsync(async db =>
    {
        var appointment = await db.Appointments.SingleAsync(row => row.Id == id);
        var meeting = await db.SlotMeetings.SingleAsync(row => row.Id == appointment.SlotMeetingId);
        meeting.RecordCreated(Random.Shared.NextInt64(), Guid.NewGuid().ToString("N"), url, "1234", null, _tenant.Now);
        meeting.MarkUpToDate();
        Report(db, appointment, EventKind.LinkReady);
    });

    /// <summary>Somebody changed the meeting's passcode in Zoom. The link stays.</summary>
    public Task ChangePasscodeAsync(AppointmentId id, string passcode) => _tenant.Database.WriteAsync(async db =>
    {
        var appointment = await db.Appointments.SingleAsync(row => row.Id == id);
        var meeting = await db.SlotMeetings.SingleAsync(row => row.Id == appointment.SlotMeetingId);
        meeting.RecordInspected(meeting.Known!, meeting.JoinUrl!, passcode, _tenant.Now);
        Report(db, appointment, EventKind.LinkChanged);
    });

    private void Report(ZoomCalendarContext db, Appointment appointment, EventKind kind) => db.Events.Add(new Event
    {
        At = _tenant.Now,
        SubAccountId = appointment.SubAccountId,
        Kind = kind,
        AppointmentId = appointment.Id,
        CalendarId = appointment.CalendarId,
        SlotMeetingId = appointment.SlotMeetingId,
        UserId = appointment.HostId,
    });

    public Task<SlotMeeting> MeetingAsync(AppointmentId id) => _tenant.Database.ReadAsync(async db =>
    {
        var appointment = await db.Appointments.SingleAsync(row => row.Id == id);
        return await db.SlotMeetings.SingleAsync(row => row.Id == appointment.SlotMeetingId);
    });
}

internal sealed class LetterBox : IMailTransport
{
    public List<OutgoingMessage> Letters { get; } = [];

    /// <summary>What the server answers next; empty: it takes everything.</summary>
    public Queue<MailResult> Answers { get; } = [];

    public IEnumerable<OutgoingMessage> To(string address) => Letters.Where(message => message.To == address);

    public Task<MailResult> DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var answer = Answers.TryDequeue(out var next) ? next : MailResult.Delivered;
        if (answer is MailResult.Delivered or MailResult.Unknown)
        {
            Letters.Add(message);
        }

        return Task.FromResult(answer);
    }
}
