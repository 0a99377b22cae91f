using System.Text.RegularExpressions;

namespace ZoomCalendar.Tests.Architecture;

/// <summary>Behind sign-in, fields, buttons, tables and dialogs are MudBlazor's. ADR 21 says why the exceptions are ours.</summary>
public sealed partial class HandWrittenElementTests
{
    private const string Components = "ZoomCalendar.Web/Components/";

    /// <summary>Pages without a circuit: plain HTML without MudBlazor.</summary>
    private static readonly string[] Static =
    [
        "Pages/Account/", "Pages/Booking/", "Pages/Landing/", "Pages/Status/", "Pages/Connect/ConfirmAccountPage",
        "Layout/PageFooter",
    ];

    /// <summary>The calendar grid, the notice of a lost connection (without a circuit), and the hidden fields of posted forms.</summary>
    private static readonly Dictionary<string, int> Ours = new()
    {
        ["Pages/Schedule/TimeGrid.razor"] = 1,
        ["Pages/Schedule/MonthGrid.razor"] = 4,
        ["Pages/Schedule/DayColumn.razor"] = 3,
        ["Pages/Schedule/Agenda.razor"] = 1,
        ["Layout/ReconnectModal.razor"] = 3,
        ["Shared/ConnectZoomDialog.razor"] = 2,
        ["Shared/StartMeeting.razor"] = 2,
        ["Pages/Privacy/BookersPage.razor"] = 3,
        ["Pages/Profile/ProviderCard.razor"] = 1,
        ["Shared/ProviderAgain.razor"] = 2,
    };

    [Fact]
    public void A_component_behind_sign_in_writes_no_field_button_table_or_dialog_of_its_own()
    {
        var written = Sources.Of("ZoomCalendar.Web")
            .Where(file => file.Path.StartsWith(Components, StringComparison.Ordinal))
            .Where(file => file.Path.EndsWith(".razor", StringComparison.Ordinal))
            .Select(file => (Path: file.Path[Components.Length..], Count: Element().Count(file.Text)))
            .Where(file => file.Count > 0 && !Static.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal)))
            .ToDictionary(file => file.Path, file => file.Count);

        written.Should().BeEquivalentTo(Ours);
    }

    /// <summary>The notice of a lost connection, and a message that static pages show, too.</summary>
    private static readonly Dictionary<string, int> OurStyles = new()
    {
        ["Layout/ReconnectModal.razor"] = 2,
        ["Shared/NotFoundMessage.razor"] = 1,
    };

    [Fact]
    public void A_component_behind_sign_in_has_no_button_or_card_in_the_style_of_static_pages()
    {
        var written = Sources.Of("ZoomCalendar.Web")
            .Where(file => file.Path.StartsWith(Components, StringComparison.Ordinal))
            .Where(file => file.Path.EndsWith(".razor", StringComparison.Ordinal))
            .Select(file => (Path: file.Path[Components.Length..], Count: StaticStyle().Count(file.Text)))
            .Where(file => file.Count > 0 && !Static.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal)))
            .ToDictionary(file => file.Path, file => file.Count);

        written.Should().BeEquivalentTo(OurStyles);
    }

    [GeneratedRegex(@"(?<![A-Za-z])class=""(?:button|card)\b")]
    private static partial Regex StaticStyle();

    [GeneratedRegex(@"<(?:input|select|button|table|dialog|textarea)\b")]
    private static partial Regex Element();
}
