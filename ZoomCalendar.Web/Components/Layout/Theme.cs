using MudBlazor;

namespace ZoomCalendar.Web.Components.Layout;

/// <summary>
/// The one theme. Both palettes are written into every page; <c>data-theme</c> on the root element chooses, without a round trip.
/// </summary>
internal static class Theme
{
    private static readonly string[] Fonts = ["Inter", "system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"];

    public static MudTheme Light { get; } = Scoped(":root");

    public static MudTheme Dark { get; } = Scoped(":root[data-theme=dark]");

    private static MudTheme Scoped(string scope) => new()
    {
        PseudoCss = new PseudoCss { Scope = scope },
        PaletteLight = new PaletteLight
        {
            Primary = "#0b655b",
            PrimaryContrastText = "#ffffff",
            Secondary = "#8a4b12",
            Tertiary = "#3d4fb3",
            Info = "#1f5fa8",
            Success = "#1f6b3a",
            Warning = "#8a5300",
            Error = "#b3261e",
            Background = "#f6f6f3",
            BackgroundGray = "#eeeee9",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1d2423",
            DrawerBackground = "#ffffff",
            DrawerText = "#3c4645",
            DrawerIcon = "#56615f",
            TextPrimary = "#1d2423",
            TextSecondary = "#56615f",
            TextDisabled = "#6d7775",
            ActionDefault = "#56615f",
            ActionDisabled = "#6a7371",
            Divider = "#e2e3de",
            LinesDefault = "#e2e3de",
            LinesInputs = "#85908d",
            TableLines = "#e2e3de",
            HoverOpacity = 0.06,
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#6fd3c4",
            PrimaryContrastText = "#06231f",
            Secondary = "#e6b17e",
            Tertiary = "#aab6ff",
            Info = "#8fc1f7",
            Success = "#86d29d",
            Warning = "#f0bd6a",
            Error = "#ff9b92",
            ErrorContrastText = "#3a0805",
            SuccessContrastText = "#06220f",
            WarningContrastText = "#2d1d00",
            InfoContrastText = "#04203d",
            Background = "#121716",
            BackgroundGray = "#171d1c",
            Surface = "#1b2221",
            AppbarBackground = "#1b2221",
            AppbarText = "#e7ecea",
            DrawerBackground = "#1b2221",
            DrawerText = "#c6cfcc",
            DrawerIcon = "#9fabA8",
            TextPrimary = "#e7ecea",
            TextSecondary = "#a9b5b2",
            TextDisabled = "#8a9693",
            ActionDefault = "#a9b5b2",
            ActionDisabled = "#8a9693",
            Divider = "#2e3736",
            LinesDefault = "#2e3736",
            LinesInputs = "#7c8785",
            TableLines = "#2e3736",
            HoverOpacity = 0.1,
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", AppbarHeight = "56px", DrawerWidthLeft = "248px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = ".9375rem", LineHeight = "1.5", LetterSpacing = "0" },
            H1 = new H1Typography
            {
                FontFamily = Fonts,
                FontSize = "1.5rem",
                FontWeight = "650",
                LineHeight = "1.25",
                LetterSpacing = "-.01em",
            },
            H2 = new H2Typography
            {
                FontFamily = Fonts,
                FontSize = "1.125rem",
                FontWeight = "600",
                LineHeight = "1.35",
                LetterSpacing = "0",
            },
            H3 = new H3Typography { FontFamily = Fonts, FontSize = "1rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "0" },
            H6 = new H6Typography
            {
                FontFamily = Fonts,
                FontSize = "1.125rem",
                FontWeight = "600",
                LineHeight = "1.35",
                LetterSpacing = "0",
            },
            Button = new ButtonTypography
            {
                FontFamily = Fonts,
                FontSize = ".9375rem",
                FontWeight = "550",
                TextTransform = "none",
                LetterSpacing = "0",
            },
            Body1 = new Body1Typography { FontFamily = Fonts, FontSize = ".9375rem", LineHeight = "1.5", LetterSpacing = "0" },
            Body2 = new Body2Typography { FontFamily = Fonts, FontSize = ".875rem", LineHeight = "1.45", LetterSpacing = "0" },
            Caption = new CaptionTypography { FontFamily = Fonts, FontSize = ".8125rem", LineHeight = "1.4", LetterSpacing = "0" },
        },
    };
}
