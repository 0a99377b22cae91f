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

    private TestTenant _studio = null!;
    private MailTestHost _mail = null!;
    private UserId _ben;
    private UserId _cleo;
    private AppointmentId _id;

    public async Task InitializeAsync()
    {
        _studio = await TestTenant.CreateAsync(provider);
        (_ben, _cleo) = (await _studio.UserAsync("ben"), await _studio.UserAsync("cleo"));
        _mail = new MailTestHost(_studio);
        await _mail.StartAsync();
        var phone = await _studio.CalendarAsync(CalendarType.Personal, [_ben], location: new MeetingLocation(MeetingLocationKind.Phone, "+43 1"));
        _id = await _studio.BookedAsync(phone, Friday);
        await _mail.WorkAsync();
    }

    public Task DisposeAsync() => _studio.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task The_confirmation_goes_out_again_to_the_booker_alone_and_the_history_says_to_whom()
    {
        var host = _mail.Box.To("ben@studio.test").Count();
        var sequence = Sequence(_mail.Box.To(Jo).Single().Invitation);

        var outcome = await AgainAsync(_studio.As(_ben));
        await _mail.WorkAsync();

        outcome.Succeeded.Should().BeTrue();
        _mail.Box.To(Jo).Select(letter => letter.Subject.Split(':')[0]).Should().Equal("Booked", "Booked");
        Sequence(_mail.Box.To(Jo).Last().Invitation).Should().Be(sequence, "nothing has changed");
        _mail.Box.To("ben@studio.test").Should().HaveCount(host);
        (await HistoryAsync()).Should().Contain("Confirmation sent again to jo@example.test");
    }

    [DatabaseFact]
    public async Task Pressed_twice_it_goes_out_once_and_three_times_an_hour_at_most()
    {
        var outcomes = new List<bool>();
        foreach (var minutes in (int[])[0, 0, 2, 4, 6, 70])
        {
            _studio.Now = TestTenant.Monday.AddMinutes(minutes);
            var outcome = await AgainAsync(_studio.AsAdmin);
            await _mail.WorkAsync();
            outcomes.Add(outcome.Succeeded);
            (outcome.ForStaff.Text.Length > 20).Should().Be(!outcome.Succeeded);
        }

        outcomes.Should().Equal(true, false, true, true, false, true);
        _mail.Box.To(Jo).Should().HaveCount(1 + 4);
    }

    [DatabaseFact]
    public async Task It_is_refused_in_a_sentence_where_there_is_nothing_to_confirm_or_nobody_to_tell()
    {
        var colleague = await AgainAsync(_studio.As(_cleo));
        var appointment = await _studio.AppointmentAsync(_id);
        await _studio.Book.EditAsync(new EditRequest(_id, appointment.Version) { Title = "x", Booker = appointment.Booker with { Email = "" } }, _studio.AsAdmin, _studio.Now, CancellationToken.None);
        var nobody = await AgainAsync(_studio.AsAdmin);
        await _studio.CancelAsync(_id);
        var cancelled = await AgainAsync(_studio.AsAdmin);
        var unknown = await _studio.Book.SendConfirmationAgainAsync(AppointmentId.New(_studio.Now), _studio.AsAdmin, _studio.Now, CancellationToken.None);

        new[] { colleague, nobody, cancelled, unknown }.Select(outcome => outcome.Refusal).Should().Equal(Refusal.Forbidden, Refusal.Invalid, Refusal.Invalid, Refusal.NotFound);
        nobody.ForStaff.Text.Should().Contain("no e-mail address");
        cancelled.ForStaff.Text.Should().Contain("cancelled");
    }

    [DatabaseFact]
    public async Task The_history_does_not_say_that_a_message_was_sent_when_a_booker_tries_again_too_soon_for_one()
    {
        await _studio.Database.WriteAsync(db => db.Events.AddAsync(new Event { At = _studio.Now, SubAccountId = _studio.SubAccount, Kind = EventKind.AppointmentAskedAgain, AppointmentId = _id, UserId = _ben }).AsTask());

        await _mail.WorkAsync();

        _mail.Box.To(Jo).Should().ContainSingle();
        (await HistoryAsync())[0].Should().Be("Tried to book again; this time was theirs already");
    }

    [DatabaseFact]
    public async Task The_history_says_from_which_address_to_which_the_booker_changed()
    {
        var appointment = await _studio.AppointmentAsync(_id);

        await _studio.Book.EditAsync(
            new EditRequest(_id, appointment.Version) { Title = appointment.Title, Booker = appointment.Booker with { Email = "new@example.test" } }, _studio.As(_ben), _studio.Now, CancellationToken.None);

        (await HistoryAsync()).Should().Contain("Booker changed from jo@example.test to new@example.test");
    }

    [DatabaseFact]
    public async Task Each_message_that_admins_edit_has_words_of_its_own_and_no_other_is_sent_as_a_cancellation()
    {
        await Task.CompletedTask;
        var all = from kind in Enum.GetValues<MessageKind>() from receiver in Enum.GetValues<MessageReceiver>() select (kind, receiver);

        var written = all.Where(each => HasWords(each.kind, each.receiver)).ToList();

        written.Should().BeEquivalentTo([.. DefaultTemplates.Editable, (MessageKind.Cancellation, MessageReceiver.FormerHost), (MessageKind.Cancellation, MessageReceiver.FormerBooker)]);
        written.Select(each => DefaultTemplates.Of(each.kind, each.receiver).Subject).Should().OnlyHaveUniqueItems();
        written.Select(each => DefaultTemplates.Of(each.kind, each.receiver)).SelectMany(words => MergeFields.Unknown(words.Subject + words.Body)).Should().BeEmpty();
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

    private Task<BookingOutcome> AgainAsync(Actor actor) => _studio.Book.SendConfirmationAgainAsync(_id, actor, _studio.Now, CancellationToken.None);

    private async Task<IReadOnlyList<string>> HistoryAsync() =>
        [.. (await new ActivityReader(_studio.Database).ReadAsync(new ActivityQuery { AppointmentId = _id }, _studio.AsAdmin, CancellationToken.None)).Entries.Select(EventTexts.Title)];

    private static string Sequence(string invitation) => invitation.ReplaceLineEndings("\n").Split('\n').Single(line => line.StartsWith("SEQUENCE:", StringComparison.Ordinal));
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteConfirmationAgainTests() : ConfirmationAgainTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
public sealed class PostgreSqlConfirmationAgainTests() : ConfirmationAgainTests(DatabaseProvider.PostgreSql);
