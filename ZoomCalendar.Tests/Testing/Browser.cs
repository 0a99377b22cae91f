using Microsoft.Playwright;
using ZoomCalendar.Sandbox;

namespace ZoomCalendar.Tests.Testing;

/// <summary>One headless Chromium for the run; each person at it gets a context, that is, cookies of their own.</summary>
internal static class Browser
{
    public const string Executable = "/usr/bin/chromium";

    /// <summary>Milliseconds. Generous: other tests may be using the machine.</summary>
    private const float Patience = 45_000;

    private static readonly Lazy<Task<IBrowser>> Shared = new(LaunchAsync);

    /// <summary>
    /// A page of a new person, in the zone and size of an ordinary desktop. Dispose the context: <c>await page.Context.CloseAsync()</c>.
    /// </summary>
    public static Task<IPage> OpenAsync(AppHost app, Action<BrowserNewContextOptions>? configure = null) =>
        OpenAsync(app.Address, configure);

    public static async Task<IPage> OpenAsync(Uri app, Action<BrowserNewContextOptions>? configure = null)
    {
        var options = new BrowserNewContextOptions
        {
            BaseURL = app.ToString(),
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
            TimezoneId = "America/Chicago",
            // Dates and times as most tests write them: 2 March 2026, 14:30.
            Locale = "en-GB",
        };
        configure?.Invoke(options);
        var context = await (await Shared.Value).NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>Signs in by what a person sees and waits for the page to be alive.</summary>
    public static async Task SignInAsync(this IPage page, string email, string password = "Zoom-Calendar-1")
    {
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.AliveAsync();
    }

    /// <summary>Goes to a signed-in page and waits until its buttons work.</summary>
    public static async Task VisitAsync(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.AliveAsync();
    }

    /// <summary>Presses a link or button of a page that may already have closed by itself. Waits for nothing.</summary>
    /// <param name="page">The page.</param>
    /// <param name="element">The name of the element: a or button.</param>
    /// <param name="text">The whole text on it.</param>
    public static async Task PressIfThereAsync(this IPage page, string element, string text)
    {
        try
        {
            await page.EvaluateAsync(
                "([element, text]) => [...document.querySelectorAll(element)].find(one => one.innerText.trim() === text)?.click()",
                new[] { element, text });
        }
        catch (PlaywrightException)
        {
            // The page was being left.
        }
    }

    /// <summary>Opens a MudSelect by its label and chooses an option by its text.</summary>
    public static Task ChooseAsync(this IPage page, string label, string option) => page.Locator("body").ChooseAsync(label, option);

    /// <summary>The same inside a part of the page, such as a dialog.</summary>
    public static async Task ChooseAsync(this ILocator part, string label, string option)
    {
        await part.GetByRole(AriaRole.Combobox, new() { Name = label, Exact = true }).ClickAsync();
        var choice = part.Page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true });
        await choice.ClickAsync();
        await choice.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    /// <summary>Fills a text field, or chooses in a select by the option's text.</summary>
    public static async Task SetAsync(this ILocator field, string value)
    {
        if (await field.EvaluateAsync<bool>("field => field.tagName === 'SELECT'"))
        {
            await field.SelectOptionAsync(value);
            return;
        }

        if (await field.IsSelectAsync())
        {
            await field.ClickAsync();
            var choice = field.Page.GetByRole(AriaRole.Option, new() { Name = value, Exact = true });
            await choice.ClickAsync();
            await choice.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        }
        else
        {
            await field.FillAsync(value);
            await field.BlurAsync();
        }
    }

    /// <summary>What a text field holds, or the text of a select's option.</summary>
    public static async Task<string> ValueAsync(this ILocator field) =>
        await field.IsDivAsync() ? await field.InnerTextAsync() : await field.InputValueAsync();

    /// <summary>The same, waited for, for at most so many milliseconds.</summary>
    public static async Task ExpectValueAsync(this ILocator field, string value, float patience = Patience)
    {
        if (!await field.IsDivAsync())
        {
            try
            {
                await Assertions.Expect(field).ToHaveValueAsync(value, new() { Timeout = patience });
                return;
            }
            catch (PlaywrightException changed) when (changed.Message.Contains("Not an input element", StringComparison.Ordinal))
            {
                // A MudSelect is a field until it knows its options.
            }
        }

        await Assertions.Expect(field).ToHaveTextAsync(value, new() { Timeout = patience });
    }

    /// <summary>On the sandbox's own sign-in page, which stands in for Zoom's; ends at its question to allow.</summary>
    public static async Task SignInToSandboxAsync(this IPage page, string email = "ben@zoom.test")
    {
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(SandboxUser.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>A prerendered button is dead until the circuit stands.</summary>
    public static Task AliveAsync(this IPage page) => page.Locator("[data-interactive=true]").WaitForAsync();

    // A MudSelect is a field that cannot be typed into, or a div where its options are more than text.
    private static Task<bool> IsSelectAsync(this ILocator field) =>
        field.EvaluateAsync<bool>("field => field.role === 'combobox' && (field.tagName === 'DIV' || field.readOnly)");

    private static Task<bool> IsDivAsync(this ILocator field) => field.EvaluateAsync<bool>("field => field.tagName === 'DIV'");

    private static async Task<IBrowser> LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }
}
