using System.Text.RegularExpressions;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Mail;

/// <summary>An address that a visitor typed is text in every message: nobody can send a link in the name of a business.</summary>
public sealed partial class TypedAddressTests : IAsyncLifetime
{
    private const string Join = "https://zoom.example/j/1?pwd=a";
    private const string Evil = "https://evil.example/";
    private static readonly DateTimeOffset Friday = TestTenant.Monday.AddDays(4);

    private static readonly string Everything = string.Join('\n', MergeFields.All.Select(field => $"{field}: {{{{{field}}}}}"));

    private TestTenant _tenant = null!;
    private MailTestHost _mail = null!;
    private UserId _ben;

    public static TheoryData<MessageKind, MessageReceiver> Messages
    {
        get
        {
            var messages = new TheoryData<MessageKind, MessageReceiver>();
            foreach (var (kind, receiver) in DefaultTemplates.Editable)
            {
                messages.Add(kind, receiver);
            }

            messages.Add(MessageKind.Cancellation, MessageReceiver.FormerHost);
            messages.Add(MessageKind.Cancellation, MessageReceiver.FormerBooker);
            return messages;
        }
    }

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        _ben = await _tenant.UserAsync("ben");
        await _tenant.ConnectAsync(_ben, "key-of-ben");
        _mail = new MailTestHost(_tenant);
        await _mail.StartAsync();
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_visitor_s_address_is_text_and_the_app_s_own_and_the_meeting_s_are_links(MessageKind kind, MessageReceiver receiver)
    {
        var id = await BookedAsync(MeetingLocation.Zoom);
        await _mail.LinkAsync(id, Join);
        await using var db = _tenant.Database.CreateDbContext();
        var facts = (await MessageFacts.LoadAsync(db, id, _tenant.Now, CancellationToken.None))!;

        var letter = _mail.Renderer.Render(
            new Message { Id = Guid.NewGuid(), Kind = kind, Receiver = receiver, FormerStart = Friday.AddDays(-1) },
            facts,
            new ReceiverAddress("to@example.test", "To", "Etc/UTC"),
            ("Subject", Everything),
            Duration.Zero,
            _tenant.Now);

        letter.Body.Should().Contain(Evil + "name").And.Contain(Evil + "notes").And.Contain(Evil + "title");
        var links = LinksOf(letter.Html);
        links.Should().Contain(Join).And.OnlyContain(link => link == Join || link.StartsWith("https://book.example.test/"));
        letter.Html.Should().Contain(Evil + "notes", "it is shown as text");
        links.Should().HaveCount(receiver is MessageReceiver.Booker ? 3 : 1, "its own links work as before");
    }

    [Fact]
    public async Task A_place_that_the_booker_named_is_text_and_one_that_staff_set_is_a_link()
    {
        await BookedAsync(
            MeetingLocation.AskTheBooker, booking => booking with { LocationAnswer = $"{Evil}place" });
        await BookedAsync(new MeetingLocation(MeetingLocationKind.Custom, "https://meet.example/room"));
        await _mail.WorkAsync();

        var letters = _mail.Box.Letters;
        letters.Should().Contain(letter => letter.Body.Contains($"{Evil}place"))
            .And.Contain(letter => letter.Body.Contains("meet.example"));
        letters.SelectMany(letter => LinksOf(letter.Html)).Should().Contain("https://meet.example/room")
            .And.NotContain(link => link.StartsWith(Evil));
    }

    [Fact]
    public async Task A_notice_to_staff_links_the_app_only()
    {
        var id = await BookedAsync(MeetingLocation.Zoom);
        var appointment = await _tenant.AppointmentAsync(id);
        await _tenant.Database.WriteAsync(db => db.Set<Event>().AddAsync(new Event
        {
            At = _tenant.Now,
            SubAccountId = _tenant.SubAccount,
            Kind = EventKind.LinkOverdue,
            AppointmentId = id,
            CalendarId = appointment.CalendarId,
            SlotMeetingId = appointment.SlotMeetingId,
            UserId = _ben,
            Detail = $"See {Evil}detail",
        }).AsTask());
        await _mail.WorkAsync();

        var links = _mail.Box.Letters.SelectMany(letter => LinksOf(letter.Html)).ToList();
        links.Should().NotBeEmpty().And.OnlyContain(link => link.StartsWith("https://book.example.test/"));
    }

    [Theory]
    [InlineData("See https://own.example/a.", "https://own.example/a")]
    [InlineData("https://own.example/a", "https://own.example/a")]
    [InlineData("https://own.example/ab", "https://own.example/ab")]
    [InlineData("https://own.example/a.evil.example", null)]
    [InlineData("https://own.example/a@evil.example/", null)]
    [InlineData("https://own.example.evil.example/a", null)]
    [InlineData("javascript:alert(1) <a href=\"https://evil.example/\">x</a>", null)]
    public void Only_a_whole_address_of_the_message_is_a_link(string text, string? link) =>
        LinksOf(HtmlBody.Of(text, "https://own.example/a", "https://own.example/ab", "", "javascript:alert(1)")).Should()
            .Equal(link is null ? [] : [link]);

    private static List<string> LinksOf(string html) =>
        [.. Href().Matches(html).Select(match => System.Net.WebUtility.HtmlDecode(match.Groups["address"].Value))];

    private async Task<AppointmentId> BookedAsync(MeetingLocation location, Func<BookRequest, BookRequest>? change = null)
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 5 }, location);
        var start = Friday.AddHours(location.Kind is MeetingLocationKind.Custom ? 4 : 2);
        return await _tenant.BookedAsync(calendar, start, booking => booking.Request = (change ?? (same => same))(booking.Request with
        {
            Title = $"{Evil}title",
            Notes = $"Look at {Evil}notes please",
            Booker = new Booker { Name = $"{Evil}name", Email = "jo@example.test", Phone = "+1 312 555 0142" },
        }));
    }

    [GeneratedRegex("href=\"(?<address>[^\"]*)\"")]
    private static partial Regex Href();
}
