using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Mail;

public abstract class TemplateBookTests(DatabaseProvider provider) : IAsyncLifetime
{
    private TestTenant _tenant = null!;
    private MessageTemplateStore _book = null!;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _book = new MessageTemplateStore(_tenant.Database, _tenant.Signals);
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_changed_template_is_used_until_it_is_reset()
    {
        var ben = await _tenant.UserAsync("ben");
        var calendar = await _tenant.CalendarAsync(
            CalendarType.Personal, [ben], location: new MeetingLocation(MeetingLocationKind.Phone, "+43 1"));
        var mail = new MailTestHost(_tenant);
        await mail.StartAsync();

        await SaveAsync(await FirstAsync() with
        {
            Subject = "Hi {{ contact.first_name }}",
            Body = "See <you> at {{appointment.meeting_location}}.\r\n{{appointment.link_status}} left out",
        });
        await _tenant.BookedAsync(calendar, TestTenant.Monday.AddDays(4));
        await mail.WorkAsync();
        await _book.ResetAsync(await FirstAsync(), _tenant.AsAdmin, _tenant.Now, CancellationToken.None);
        await _tenant.BookedAsync(calendar, TestTenant.Monday.AddDays(5));
        await mail.WorkAsync();

        var messages = mail.Box.To("jo@example.test").ToList();
        (messages[0].Subject, messages[0].Body).Should().Be(("Hi Jo", "See <you> at Phone: +43 1."));
        messages[0].Html.Should().Contain("See &lt;you&gt; at");
        messages[1].Subject.Should().StartWith("Booked: Personal");
        (await FirstAsync()).IsOwn.Should().BeFalse();
    }

    [DatabaseFact]
    public async Task The_second_of_two_concurrent_template_edits_is_refused()
    {
        var seen = await FirstAsync();
        await SaveAsync(seen with { Subject = "first" });

        var second = await SaveAsync(seen with { Subject = "second" });
        var reset = await _book.ResetAsync(seen, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);
        var atOnce = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(async index => await SaveAsync(await FirstAsync() with { Subject = $"at once {index}" })));

        (second.Refusal, reset.Refusal).Should().Be((Refusal.Changed, Refusal.Changed));
        atOnce.Count(outcome => outcome.Succeeded).Should().BeGreaterThanOrEqualTo(1);
        atOnce.Should().OnlyContain(outcome => outcome.Succeeded || outcome.Refusal == Refusal.Changed);
        (await FirstAsync()).Subject.Should().StartWith("at once");
    }

    [DatabaseFact]
    public async Task Only_admins_of_this_sub_account_read_and_write_templates()
    {
        var user = await _tenant.UserAsync("ben");
        var elsewhere = await TestTenant.CreateAsync(_tenant.Database, "elsewhere");
        var seen = await FirstAsync();
        var stranger = new Actor(_tenant.SubAccount, elsewhere.Admin, Role.Admin);

        var outcomes = new List<ChangeOutcome>();
        foreach (var actor in (Actor[])[_tenant.As(user), stranger, _tenant.As(user) with { Role = Role.Admin }])
        {
            (await _book.ListAsync(actor, CancellationToken.None)).Should().BeEmpty();
            outcomes.Add(await _book.SaveAsync(seen with { Subject = "mine" }, actor, _tenant.Now, CancellationToken.None));
            outcomes.Add(await _book.ResetAsync(seen, actor, _tenant.Now, CancellationToken.None));
        }

        await _book.SaveAsync(seen with { Subject = "theirs" }, elsewhere.AsAdmin, _tenant.Now, CancellationToken.None);

        outcomes.Should().OnlyContain(outcome => outcome.Refusal == Refusal.Forbidden);
        (await FirstAsync()).Subject.Should().Be(seen.Subject);
    }

    [DatabaseTheory]
    [InlineData("", "text", "Enter a subject.")]
    [InlineData("subject", " ", "Enter a text.")]
    [InlineData(
        "{{contact.nme}}",
        "{{contact.name}}{{ zoom.password }}",
        "{{contact.nme}}, {{zoom.password}} are not fields. Choose from the list of fields.")]
    [InlineData("subject", "{{contact.name", "A field begins with {{ and does not end with }}. Write it like {{contact.name}}.")]
    [InlineData("two\nlines", "text", "The subject is one line: remove its line breaks.")]
    public async Task An_unusable_template_is_refused_with_a_sentence_that_names_the_problem(string subject, string body, string sentence)
    {
        var outcome = await SaveAsync(await FirstAsync() with { Subject = subject, Body = body });

        (outcome.Refusal, outcome.Message).Should().Be((Refusal.Invalid, sentence));
        (await FirstAsync()).IsOwn.Should().BeFalse();
    }

    private Task<ChangeOutcome> SaveAsync(TemplateText words) =>
        _book.SaveAsync(words, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

    private async Task<TemplateText> FirstAsync() => (await _book.ListAsync(_tenant.AsAdmin, CancellationToken.None))[0];
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteTemplateBookTests() : TemplateBookTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlTemplateBookTests() : TemplateBookTests(DatabaseProvider.PostgreSql);
