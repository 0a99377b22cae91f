using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Messages;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Mail;

public sealed class TemplateEditorTests : IAsyncLifetime
{
    private readonly BunitContext _bunit = new();
    private TestTenant _tenant = null!;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        var ben = await _tenant.UserAsync("ben");
        var calendar = await _tenant.CalendarAsync(
            CalendarType.Personal, [ben], location: new MeetingLocation(MeetingLocationKind.Phone, "+43 1"));
        await _tenant.BookedAsync(
            calendar,
            TestTenant.Monday.AddDays(4),
            booking => booking.Request = booking.Request with { Notes = "<script>alert(1)</script>" });
        _bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        _bunit.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(TestTenant.Monday));
        _bunit.Services.AddSingleton(new MessagePreviews(_tenant.Database, new MailTestHost(_tenant).Renderer));
    }

    public async Task DisposeAsync()
    {
        await _bunit.DisposeAsync();
        await _tenant.DisposeAsync();
    }

    [Fact]
    public void The_preview_shows_encoded_real_data_in_a_sandboxed_frame()
    {
        var editor = Show(new TemplateText(
            MessageKind.Confirmation,
            MessageReceiver.Host,
            "New: {{contact.name}}",
            "{{appointment.notes}} {{contact.email}}",
            IsOwn: false,
            0));

        editor.Find("button[aria-expanded]").Click();

        var frame = editor.WaitForElement("iframe");
        frame.GetAttribute("sandbox").Should().BeEmpty();
        frame.GetAttribute("srcdoc").Should().Contain("&lt;script&gt;alert(1)&lt;/script&gt; jo@example.test").And.NotContain("<script");
        editor.Find(".subject").TextContent.Should().Be("New: Jo Field");
    }

    [Fact]
    public void An_unknown_field_is_named_while_typing_and_links_in_the_preview_open_nothing()
    {
        var editor = Show(new TemplateText(MessageKind.Confirmation, MessageReceiver.Booker, "Hello", "Hello", IsOwn: true, 3));

        editor.Find("button[aria-expanded]").Click();
        editor.WaitForElement("iframe");
        editor.Find("textarea").Input("Cancel: {{appointment.cancellation_link}} {{zoom.password}}");
        var problem = editor.Find("[role=alert]").TextContent;
        editor.Find("textarea").Input("Cancel: {{appointment.cancellation_link}}");

        problem.Should().StartWith("{{zoom.password}} is not a field.");
        editor.Find("iframe").GetAttribute("srcdoc").Should().Contain("https://book.example.test/book/cancel/preview");
        editor.FindAll("button").Select(button => button.TextContent.Trim()).Should().Contain("Reset to default")
            .And.Contain("contact.name");
    }

    private IRenderedComponent<TemplateEditor> Show(TemplateText words) =>
        _bunit.Render<TemplateEditor>(
            parameters => parameters.Add(editor => editor.Words, words).Add(editor => editor.Actor, _tenant.AsAdmin));
}
