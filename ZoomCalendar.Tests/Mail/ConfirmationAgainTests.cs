using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Activity;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Mail;

/// <summary>"Send confirmation again", and what the history says of it and of another booker.</summary>
public abstract class ConfirmationAgainTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Jo = "jo@example.test";
    private static readonly DateTimeOffset Friday = TestTenant.Monday.AddDays(4);

    private TestTenant _tenant = null!;
    private MailTestHost _mail = null!;
    private UserId _ben;
    private UserId _cleo;
    private AppointmentId _id;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        (_ben, _cleo) = (await _tenant.UserAsync("ben"), await _tenant.UserAsync("cleo"));
        _mail = new MailTestHost(_tenant);
        await _mail.StartAsync();
        var phone = await _tenant.CalendarAsync(
            CalendarType.Personal, [_ben], location: new MeetingLocation(MeetingLocationKind.Phone, "+43 1"));
        _id = await _tenant.BookedAsync(phone, Friday);
        await _mail.WorkAsync();
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task The_confirmation_goes_out_again_to_the_booker_alone_and_the_history_says_to_whom()
    {
        var host = _mail.Box.To("ben@studio.test").Count();
        var sequence = Sequence(_mail.Box.To(Jo).Single().Invitation);

        var outcome = await AgainAsync(_tenant.As(_ben));
        await _mail.WorkAsync();

        outcome.Succeeded.Should().BeTrue();
        _mail.Box.To(Jo).Select(message => message.Subject.Split(':')[0]).Should().Equal("Booked", "Booked");
        Sequence(_mail.Box.To(Jo).Last().Invitation).Should().Be(sequence, "nothing has changed");
        _mail.Box.To("ben@studio.test").Should().HaveCount(host);
        (await HistoryAsync()).Should().Contain("Confirmation sent again to jo@example.test");
    }

    [DatabaseFact]
    public async Task The_confirmation_is_sent_again_once_a_minute_and_three_times_an_hour_at_most()
    {
        var outcomes = new List<bool>();
        foreach (var minutes in (int[])[0, 0, 2, 4, 6, 70])
        {
            _tenant.Now = TestTenant.Monday.AddMinutes(minutes);
            var outcome = await AgainAsync(_tenant.AsAdmin);
            await _mail.WorkAsync();
            outcomes.Add(outcome.Succeeded);
            (outcome.ForStaff.Text.Length > 20).Should().Be(!outcome.Succeeded);
        }

        outcomes.Should().Equal(true, false, true, true, false, true);
        _mail.Box.To(Jo).Should().HaveCount(1 + 4);
    }

    [DatabaseFact]
    public async Task Sending_the_confirmation_again_is_refused_without_a_booking_or_an_address()
    {
        var colleague = await AgainAsync(_tenant.As(_cleo));
        var appointment = await _tenant.AppointmentAsync(_id);
        await _tenant.Book.EditAsync(new EditRequest(_id, appointment.Version)
        {
            Title = "x",
            Booker = appointment.Booker with { Email = "" },
        }, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);
        var nobody = await AgainAsync(_tenant.AsAdmin);
        await _tenant.CancelAsync(_id);
        var cancelled = await AgainAsync(_tenant.AsAdmin);
        var unknown = await _tenant.Book.SendConfirmationAgainAsync(
            AppointmentId.New(_tenant.Now), _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        new[] { colleague, nobody, cancelled, unknown }.Select(outcome => outcome.Refusal).Should()
            .Equal(Refusal.Forbidden, Refusal.Invalid, Refusal.Invalid, Refusal.NotFound);
        nobody.ForStaff.Text.Should().Contain("no email address");
        cancelled.ForStaff.Text.Should().Contain("cancelled");
    }

    [DatabaseFact]
    public async Task The_history_does_not_say_that_a_message_was_sent_when_a_booker_tries_again_too_soon_for_one()
    {
        await _tenant.Database.WriteAsync(
            db => db.Events.AddAsync(new Event
            {
                At = _tenant.Now,
                SubAccountId = _tenant.SubAccount,
                Kind = EventKind.AppointmentAskedAgain,
                AppointmentId = _id,
                UserId = _ben,
            }).AsTask());

        await _mail.WorkAsync();

        _mail.Box.To(Jo).Should().ContainSingle();
        (await HistoryAsync())[0].Should().Be("Tried to book again; this time was theirs already");
    }

    [DatabaseFact]
    public async Task The_history_says_from_which_address_to_which_the_booker_changed()
    {
        var appointment = await _tenant.AppointmentAsync(_id);

        await _tenant.Book.EditAsync(
            new EditRequest(_id, appointment.Version)
            {
                Title = appointment.Title,
                Booker = appointment.Booker with { Email = "new@example.test" },
            }, _tenant.As(_ben), _tenant.Now, CancellationToken.None);

        (await HistoryAsync()).Should().Contain("Booker changed from jo@example.test to new@example.test");
    }

    [DatabaseFact]
    public async Task Each_editable_message_has_its_own_template_and_none_falls_back_to_the_cancellation()
    {
        await Task.CompletedTask;
        var all = from kind in Enum.GetValues<MessageKind>() from receiver in Enum.GetValues<MessageReceiver>() select (kind, receiver);

        var written = all.Where(each => HasWords(each.kind, each.receiver)).ToList();

        written.Should().BeEquivalentTo([.. DefaultTemplates.Editable, (MessageKind.Cancellation, MessageReceiver.FormerHost),
            (MessageKind.Cancellation, MessageReceiver.FormerBooker)]);
        written.Select(each => DefaultTemplates.Of(each.kind, each.receiver).Subject).Should().OnlyHaveUniqueItems();
        written.Select(each => DefaultTemplates.Of(each.kind, each.receiver))
            .SelectMany(words => MergeFields.Unknown(words.Subject + words.Body)).Should().BeEmpty();
        DefaultTemplates.Editable.Select(each => TemplateNames.Of(each.Kind, each.Receiver)).Should().OnlyHaveUniqueItems();
    }

    private static bool HasWords(MessageKind kind, MessageReceiver receiver)
    {
        try
        {
            return DefaultTemplates.Of(kind, receiver).Subject.Length > 0;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private Task<BookingOutcome> AgainAsync(Actor actor) =>
        _tenant.Book.SendConfirmationAgainAsync(_id, actor, _tenant.Now, CancellationToken.None);

    private async Task<IReadOnlyList<string>> HistoryAsync() =>
        [.. (await new ActivityReader(_tenant.Database).ReadAsync(
            new ActivityQuery { AppointmentId = _id }, _tenant.AsAdmin, CancellationToken.None)).Entries.Select(EventTexts.Title)];

    private static string Sequence(string invitation) =>
        invitation.ReplaceLineEndings("\n").Split('\n').Single(line => line.StartsWith("SEQUENCE:", StringComparison.Ordinal));
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteConfirmationAgainTests() : ConfirmationAgainTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlConfirmationAgainTests() : ConfirmationAgainTests(DatabaseProvider.PostgreSql);
