using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>Passkeys in Chromium, with its virtual authenticator.</summary>
[OnSqlite("what the app stores of passkeys is tested on both databases by PasskeysTests")]
[Trait("Category", "Browser")]
public sealed class PasskeyBrowserTests(AppHost app) : IClassFixture<AppHost>
{
    private const string Security = "/a/northwind/profile/security";

    [ChromiumFact]
    public async Task A_passkey_is_added_signs_in_and_is_refused_once_it_is_removed()
    {
        var page = await Browser.OpenAsync(app);
        // The virtual authenticator takes a suggestion at once, before the button can be pressed.
        await page.AddInitScriptAsync("PublicKeyCredential.isConditionalMediationAvailable = async () => false");
        var authenticator = await page.Context.NewCDPSessionAsync(page);
        await authenticator.SendAsync("WebAuthn.enable", new() { ["enableUI"] = false });
        await authenticator.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = true,
                hasUserVerification = true,
                isUserVerified = true,
                automaticPresenceSimulation = true,
            },
        });
        await page.SignInAsync("cleo@demo.test");
        await page.VisitAsync(Security);
        await Button(page, "Add a passkey").ClickAsync();
        var row = page.Locator("[data-passkeys] tbody tr");
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await Assertions.Expect(row).ToContainTextAsync("Chrome on Linux");

        await SignOutAsync(page);
        await Button(page, "Use a passkey").ClickAsync();
        await page.AliveAsync();
        await page.VisitAsync(Security);
        await Assertions.Expect(row).Not.ToContainTextAsync("Never");

        await Button(page, "Remove Chrome on Linux").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);

        await SignOutAsync(page);
        await Button(page, "Use a passkey").ClickAsync();
        await Assertions.Expect(page.GetByText("This passkey cannot be used here.")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static async Task SignOutAsync(IPage page)
    {
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/account/sign-in");
    }

}
