using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Mail;

public abstract class TemplateBookTests(DatabaseProvider provider) : IAsyncLifetime
{
    private TestTenant _studio = null!;
    private MessageTemplateStore _book = null!;

    public async Task InitializeAsync()
    {
        _studio = await TestTenant.CreateAsync(provider);
        _book = new MessageTemplateStore(_studio.Database, _studio.Signals);
    }

    public Task DisposeAsync() => _studio.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task Own_words_go_out_until_they_are_set_back()
    {
        var ben = await _studio.UserAsync("ben");
        var calendar = await _studio.CalendarAsync(CalendarType.Personal, [ben], location: new MeetingLocation(MeetingLocationKind.Phone, "+43 1"));
        var mail = new MailTestHost(_studio);
        await mail.StartAsync();

        await SaveAsync(await FirstAsync() with { Subject = "Hi {{ contact.first_name }}", Body = "See <you> at {{appointment.meeting_location}}.\r\n{{appointment.link_status}} left out" });
        await _studio.BookedAsync(calendar, TestTenant.Monday.AddDays(4));
        await mail.WorkAsync();
        await _book.ResetAsync(await FirstAsync(), _studio.AsAdmin, _studio.Now, CancellationToken.None);
        await _studio.BookedAsync(calendar, TestTenant.Monday.AddDays(5));
        await mail.WorkAsync();

        var letters = mail.Box.To("jo@example.test").ToList();
        (letters[0].Subject, letters[0].Body).Should().Be(("Hi Jo", "See <you> at Phone: +43 1."));
        letters[0].Html.Should().Contain("See &lt;you&gt; at");
        letters[1].Subject.Should().StartWith("Booked: Personal");
        (await FirstAsync()).IsOwn.Should().BeFalse();
    }

    [DatabaseFact]
    public async Task The_second_of_two_who_edit_the_same_is_told_and_changes_nothing()
    {
        var seen = await FirstAsync();
        await SaveAsync(seen with { Subject = "first" });

        var second = await SaveAsync(seen with { Subject = "second" });
        var reset = await _book.ResetAsync(seen, _studio.AsAdmin, _studio.Now, CancellationToken.None);
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 4).Select(async index => await SaveAsync(await FirstAsync() with { Subject = $"at once {index}" })));

        (second.Refusal, reset.Refusal).Should().Be((Refusal.Changed, Refusal.Changed));
        atOnce.Count(outcome => outcome.Succeeded).Should().BeGreaterThanOrEqualTo(1);
        atOnce.Should().OnlyContain(outcome => outcome.Succeeded || outcome.Refusal == Refusal.Changed);
        (await FirstAsync()).Subject.Should().StartWith("at once");
    }

    [DatabaseFact]
    public async Task Only_admins_of_this_sub_account_read_and_write_them()
    {
        var user = await _studio.UserAsync("ben");
        var elsewhere = await TestTenant.CreateAsync(_studio.Database, "elsewhere");
        var seen = await FirstAsync();
        var stranger = new Actor(_studio.SubAccount, elsewhere.Admin, Role.Admin);

        var outcomes = new List<ChangeOutcome>();
        foreach (var actor in (Actor[])[_studio.As(user), stranger, _studio.As(user) with { Role = Role.Admin }])
        {
            (await _book.ListAsync(actor, CancellationToken.None)).Should().BeEmpty();
            outcomes.Add(await _book.SaveAsync(seen with { Subject = "mine" }, actor, _studio.Now, CancellationToken.None));
            outcomes.Add(await _book.ResetAsync(seen, actor, _studio.Now, CancellationToken.None));
        }

        await _book.SaveAsync(seen with { Subject = "theirs" }, elsewhere.AsAdmin, _studio.Now, CancellationToken.None);

        outcomes.Should().OnlyContain(outcome => outcome.Refusal == Refusal.Forbidden);
        (await FirstAsync()).Subject.Should().Be(seen.Subject);
    }

    [DatabaseTheory]
    [InlineData("", "text", "Enter a subject.")]
    [InlineData("subject", " ", "Enter a text.")]
    [InlineData("{{contact.nme}}", "{{contact.name}}{{ zoom.password }}", "{{contact.nme}}, {{zoom.password}} are not fields. Choose from the list of fields.")]
    [InlineData("subject", "{{contact.name", "A field begins with {{ and does not end with }}. Write it like {{contact.name}}.")]
    [InlineData("two\nlines", "text", "The subject is one line: remove its line breaks.")]
    public async Task What_cannot_be_sent_is_refused_in_a_sentence_that_names_it(string subject, string body, string sentence)
    {
        var outcome = await SaveAsync(await FirstAsync() with { Subject = subject, Body = body });

        (outcome.Refusal, outcome.Message).Should().Be((Refusal.Invalid, sentence));
        (await FirstAsync()).IsOwn.Should().BeFalse();
    }

    private Task<ChangeOutcome> SaveAsync(TemplateText words) => _book.SaveAsync(words, _studio.AsAdmin, _studio.Now, CancellationToken.None);

    private async Task<TemplateText> FirstAsync() => (await _book.ListAsync(_studio.AsAdmin, CancellationToken.None))[0];
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteTemplateBookTests() : TemplateBookTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
public sealed class PostgreSqlTemplateBookTests() : TemplateBookTests(DatabaseProvider.PostgreSql);
