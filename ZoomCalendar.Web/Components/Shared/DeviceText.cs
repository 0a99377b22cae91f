namespace ZoomCalendar.Web.Components.Shared;

/// <summary>Names a device by its User-Agent header, such as "Firefox on Windows". The header is a hint that anybody can change.</summary>
internal static class DeviceText
{
    // The order matters: Edge also calls itself Chrome and Safari, and an iPhone also calls itself a Mac.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"),
            ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"),
            ("Linux", "Linux")];

    public static string Of(string userAgent) =>
        (Find(Browsers, userAgent), Find(Systems, userAgent)) switch
        {
            ({ } browser, { } system) => SharedStrings.Loc["{0} on {1}", browser, system],
            ({ } browser, null) => browser,
            (null, { } system) => SharedStrings.Loc["A browser on {0}", system],
            _ => SharedStrings.Loc["An unknown device"],
        };

    private static string? Find((string Mark, string Name)[] list, string userAgent) =>
        list.FirstOrDefault(entry => userAgent.Contains(entry.Mark, StringComparison.Ordinal)).Name;
}
