using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
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
        _bunit.Services.AddMudServices();
        _bunit.Services.AddLocalization();
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

        Open(editor, "Preview");

        var frame = editor.WaitForElement("iframe");
        frame.GetAttribute("sandbox").Should().BeEmpty();
        frame.GetAttribute("srcdoc").Should().Contain("&lt;script&gt;alert(1)&lt;/script&gt; jo@example.test").And.NotContain("<script");
        editor.Find("[data-subject]").TextContent.Should().Be("New: Jo Field");
    }

    [Fact]
    public void An_unknown_field_is_named_while_typing_and_links_in_the_preview_open_nothing()
    {
        var editor = Show(new TemplateText(MessageKind.Confirmation, MessageReceiver.Booker, "Hello", "Hello", IsOwn: true, 3));

        editor.Find("textarea").Input("Cancel: {{appointment.cancellation_link}} {{zoom.password}}");
        var problem = editor.WaitForElement(".mud-input-helper-text.mud-input-error").TextContent;
        editor.Find("textarea").Input("Cancel: {{appointment.cancellation_link}}");
        editor.WaitForState(() => editor.FindAll(".mud-input-error").Count == 0);
        var buttons = editor.FindAll("button").Select(button => button.TextContent.Trim()).ToList();
        Open(editor, "Preview");

        problem.Should().StartWith("{{zoom.password}} is not a field.");
        editor.WaitForElement("iframe").GetAttribute("srcdoc").Should().Contain("https://book.example.test/book/cancel/preview");
        buttons.Should().Contain("Reset to default").And.Contain("contact.name");
    }

    [Fact]
    public void A_message_with_a_problem_is_not_saved_and_each_field_says_its_own()
    {
        var saved = 0;
        var editor = Show(
            new TemplateText(MessageKind.Confirmation, MessageReceiver.Booker, "Hello", "Hello", IsOwn: false, 0),
            _ => saved++);

        editor.Find("input[type=text]").Input("");
        editor.Find("textarea").Input("{{contact.nme}}");
        editor.Find("form").Submit();

        editor.WaitForAssertion(() => editor.FindAll(".mud-input-helper-text.mud-input-error").Select(error => error.TextContent).Should()
            .Equal("Enter a subject.", "{{contact.nme}} is not a field. Choose from the list of fields."));
        saved.Should().Be(0);
    }

    private static void Open(IRenderedComponent<TemplateEditor> editor, string tab) =>
        editor.FindAll("[role=tab]").Single(each => each.TextContent.Trim() == tab).Click();

    private IRenderedComponent<TemplateEditor> Show(TemplateText words, Action<TemplateText>? save = null) =>
        _bunit.Render<TemplateEditor>(parameters => parameters
            .Add(editor => editor.Words, words)
            .Add(editor => editor.Actor, _tenant.AsAdmin)
            .Add(editor => editor.OnSave, save ?? (_ => { })));
}
