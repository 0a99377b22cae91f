using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>Checks the answer of every declared route for each role over HTTP.</summary>
[Collection(nameof(ScreenTestHost))]
public sealed class AccessTests(ScreenTestHost screens) : IAsyncLifetime
{
    private const string SignIn = "/account/sign-in";

    private static readonly string[] Everybody = ["visitor", "user", "admin", "another's admin", "removed member"];

    /// <summary>Statuses, or where one is led to, in the order of <see cref="Everybody"/>.</summary>
    private static readonly string[] Members = [SignIn, "200", "200", "404", "404"];
    private static readonly string[] Admins = [SignIn, "403", "200", "404", "404"];
    private static readonly string[] Account = [SignIn, "200", "200", "200", "200"];
    private static readonly string[] Public = ["200", "200", "200", "200", "200"];
    private static readonly string[] Program = ["401", "401", "401", "401", "401"];
    private static readonly string[] Nothing = ["404", "404", "404", "404", "404"];

    /// <summary>A new route needs a rule here.</summary>
    private static readonly Dictionary<string, string[]> Rules = new()
    {
        ["GET /a/{Slug}/activity"] = Members,
        ["GET /a/{Slug}/calendar"] = Members,
        ["GET /a/{Slug}/help/zoom"] = Members,
        ["GET /a/{Slug}/profile"] = Members,
        ["GET /a/{Slug}/profile/availability"] = Members,
        ["GET /a/{Slug}/profile/integrations"] = Members,
        ["GET /a/{Slug}/profile/security"] = Members,
        ["GET /a/{Slug}/settings/calendars"] = Members,
        ["GET /a/{Slug}/settings/calendars/{Id}"] = Members,
        ["GET /a/{Slug}/settings/messages"] = Admins,
        ["GET /a/{Slug}/settings/privacy"] = Admins,
        ["GET /a/{Slug}/settings/private-integrations"] = Admins,
        ["GET /a/{Slug}/settings/security-log"] = Admins,
        ["GET /a/{Slug}/set-up"] = Admins,
        ["GET /a/{Slug}/settings/team"] = Admins,
        ["GET /a/{Slug}/settings/team/{Id}"] = Admins,
        // A question to Ben in the other sub-account: to everybody else there is nothing to decide.
        ["GET /a/{Slug}/zoom/confirm/{Id:guid}"] = [SignIn, "200", "404", "404", "404"],
        ["GET /a/{slug}"] = Leads("/a/northwind/calendar"),

        ["GET /"] = ["200", .. Bare("calendar")[1..]],
        ["GET /activity"] = Bare("activity"),
        ["GET /calendar"] = Bare("calendar"),
        ["GET /help/zoom"] = Bare("help/zoom"),
        ["GET /profile"] = Bare("profile"),
        ["GET /profile/availability"] = Bare("profile/availability"),
        ["GET /profile/integrations"] = Bare("profile/integrations"),
        ["GET /profile/security"] = Bare("profile/security"),
        ["GET /settings/calendars"] = Bare("settings/calendars"),
        ["GET /settings/calendars/{Id}"] = Bare("settings/calendars/*"),
        ["GET /settings/messages"] = Bare("settings/messages"),
        ["GET /settings/privacy"] = Bare("settings/privacy"),
        ["GET /settings/private-integrations"] = Bare("settings/private-integrations"),
        ["GET /settings/security-log"] = Bare("settings/security-log"),
        ["GET /set-up"] = Bare("set-up"),
        ["GET /settings/team"] = Bare("settings/team"),
        ["GET /settings/team/{Id}"] = Bare("settings/team/*"),
        ["GET /zoom/confirm/{Id:guid}"] = Bare("zoom/confirm/*"),

        ["GET /account/authenticator"] = Account,
        ["GET /account/second-step"] = Public,
        ["GET /account/change-password"] = Account,
        ["GET /account/no-sub-account"] = Account,
        ["GET /account/confirm-registration"] = Public,
        ["GET /account/forgot-password"] = Public,
        ["GET /account/invitation"] = Public,
        ["GET /account/register"] = Public,
        ["GET /account/reset-password"] = Public,
        ["GET /account/sign-in"] = ["200", "/", "/", "/", "/"],
        ["GET /not-found"] = Nothing,
        ["GET /status/{Code:int}"] = Public,
        ["GET /dev/mailbox"] = Public,

        ["GET /legal/privacy"] = Public,
        ["GET /legal/terms"] = Public,
        ["GET /support"] = Public,
        ["GET /docs/zoom"] = Public,
        // Without the code in the settings.
        ["GET /zoomverify/verifyzoom.html"] = Nothing,

        // Crafted: northwind's name in the form, whoever sends it.
        ["POST /account/sign-out"] = [SignIn, SignIn, SignIn, SignIn, SignIn],
        ["POST /account/passkey-options"] = Public,
        ["POST /privacy/export"] = [SignIn, "403", "200", "404", "404"],
        // Without a provider in the settings.
        ["POST /account/provider"] = Nothing,
        ["POST /account/provider/link"] = [SignIn, "404", "404", "404", "404"],
        ["POST /zoom/connect"] = [SignIn, "zoom", "zoom", "404", "404"],
        ["POST /zoom/confirm"] = [SignIn, "/a/northwind/profile/integrations", "/a/northwind/profile/integrations", "404", "404"],
        // Ben is the host, and nobody starts a meeting for somebody else.
        ["POST /zoom/start"] = [SignIn, "zoom", "403", "404", "404"],
        ["POST /zoom/webhooks"] = Program,

        ["GET /book/{business}/{calendar}"] = Public,
        ["GET /book/{business}/{calendar}/confirmed/{token}"] = Public,
        ["GET /book/{business}/{calendar}/confirmed/{token}/invitation.ics"] = Public,
        ["GET /book/cancel/{token}"] = Public,
        ["GET /book/change/{token}"] = Public,
        ["GET /book/{business}/{calendar}/changes"] = Public,
        ["GET /book/{business}/{calendar}/confirmed/{token}/changes"] = Public,
        ["POST /book/{business}/{calendar}"] = ["415", "415", "415", "415", "415"],
        ["POST /book/cancel/{token}"] = ["415", "415", "415", "415", "415"],
        ["POST /book/change/{token}"] = ["415", "415", "415", "415", "415"],

        ["GET /book/{business}/{calendar}/waiting"] = Public,
        ["GET /book/waiting/{token}"] = Public,
        ["POST /book/{business}/{calendar}/wait"] = ["415", "415", "415", "415", "415"],
        ["POST /book/waiting/{token}"] = ["415", "415", "415", "415", "415"],
        ["POST /book/waiting/{token}/leave"] = ["415", "415", "415", "415", "415"],

        ["GET /your-data/{token}"] = Public,
        ["GET /your-data/{token}/data.json"] = Public,
        ["GET /your-data/{token}/appointments.ics"] = Public,
        ["GET /your-data/{token}/erase"] = Public,
        ["POST /your-data/{token}/erase"] = ["415", "415", "415", "415", "415"],
        ["POST /your-data/{token}/mail"] = ["415", "415", "415", "415", "415"],

        // Addresses of the version before. A form is sent on to the present address, which judges it.
        ["GET /book/{old}"] = Moved("/book/northwind/intro-call"),
        ["GET /book/{old}/changes"] = Moved("/book/northwind/intro-call/changes"),
        ["GET /book/{old}/confirmed/{token}"] = Moved("/book/northwind/intro-call/confirmed/*"),
        ["GET /book/{old}/confirmed/{token}/changes"] = Moved("/book/northwind/intro-call/confirmed/*"),
        ["GET /book/{old}/confirmed/{token}/invitation.ics"] = Moved("/book/northwind/intro-call/confirmed/*"),
        ["GET /book/{old}/waiting"] = Moved("/book/northwind/intro-call/waiting"),
        ["POST /book/{old}"] = Moved("/book/northwind/intro-call"),
        ["POST /book/{old}/wait"] = Moved("/book/northwind/intro-call/wait"),

        ["ANY /healthz/live"] = Public,
        ["ANY /healthz/ready"] = Public,
        ["GET /.well-known/webhook-signing-key.pem"] = Public,
        ["GET /openapi/{documentName}.json"] = Public,
        ["GET /api-docs/{documentName?}"] = Public,
        ["GET /api-docs/favicon.svg"] = Public,
        ["GET /api-docs/scalar.aspnetcore.js"] = Public,
        ["GET /api-docs/scalar.js"] = Public,

        ["ANY /_blazor"] = [SignIn, "400", "400", "400", "400"],
        ["ANY /_blazor/negotiate"] = [SignIn, "405", "405", "405", "405"],
        ["ANY /_blazor/disconnect/"] = [SignIn, "405", "405", "405", "405"],
        ["ANY /_blazor/initializers/"] = [SignIn, "200", "200", "200", "200"],
        ["GET /_framework/opaque-redirect"] = [SignIn, "400", "400", "400", "400"],
    };

    private readonly List<(string Name, HttpClient Client)> _people = [];
    private Addresses _addresses = null!;

    public async Task InitializeAsync()
    {
        _addresses = await Addresses.OfAsync(screens);
        _people.Add((Everybody[0], screens.App.NewVisitor()));
        foreach (var (name, email) in Everybody.Skip(1).Zip(
            [ScreenTestHost.Ben, ScreenTestHost.Ada, ScreenTestHost.Otto, ScreenTestHost.Dora]))
        {
            var client = await screens.App.SignedInAsync(email);
            // A bare path redirects to the sub-account used last.
            await client.GetAsync(email == ScreenTestHost.Otto ? "/a/southside/calendar" : "/a/northwind/calendar");
            _people.Add((name, client));
        }
    }

    public Task DisposeAsync()
    {
        _people.ForEach(person => person.Client.Dispose());
        return Task.CompletedTask;
    }

    [Fact]
    public void Every_route_has_an_access_rule_and_every_rule_a_route()
    {
        List<string> routes = [.. Addresses.Routes(screens).Where(route => !IsForPrograms(route)).Select(route => route.ToString())];

        routes.Except(Rules.Keys).Should().BeEmpty("each route says who may have it");
        Rules.Keys.Except(routes).Should().BeEmpty("each rule is about a route");
    }

    [Fact]
    public async Task Every_route_answers_each_role_by_its_rule()
    {
        List<string> wrong = [];
        foreach (var route in Addresses.Routes(screens).OrderBy(Order))
        {
            var rule = IsForPrograms(route) ? Program : Rules.GetValueOrDefault(route.ToString()) ?? [];
            foreach (var ((name, client), expected) in _people.Zip(rule))
            {
                var answered = await AskAsync(client, route);
                if (!Matches(answered, expected))
                {
                    wrong.Add($"{route}, {name}: {answered} instead of {expected}");
                }
            }
        }

        wrong.Should().BeEmpty();
    }

    // By a token of their own, which the tests of the interface are about; no cookie opens them.
    private static bool IsForPrograms(AppRoute route) => route.Template.StartsWith("/api/", StringComparison.Ordinal);

    // A page of a sub-account makes it the one last used, to which bare paths lead; signing out ends the session.
    private static int Order(AppRoute route) =>
        route.Template.EndsWith("sign-out", StringComparison.Ordinal)
            ? 2
            : route.Template.StartsWith("/a/", StringComparison.Ordinal)
            ? 1
            : 0;

    private static string[] Bare(string path) =>
        [SignIn, $"/a/northwind/{path}", $"/a/northwind/{path}", $"/a/southside/{path}", "/account/no-sub-account"];

    private static string[] Leads(string path) => [SignIn, path, path, path, path];

    private static string[] Moved(string path) => [path, path, path, path, path];

    private static bool Matches(string answered, string expected) =>
        expected.EndsWith('*') ? answered.StartsWith(expected[..^1], StringComparison.Ordinal) : answered == expected;

    private async Task<string> AskAsync(HttpClient client, AppRoute route)
    {
        using var request = new HttpRequestMessage(
            route.Method is "ANY" ? HttpMethod.Get : new HttpMethod(route.Method), _addresses.Of(route.Template));
        if (route.Method is "POST" && Form(route.Template) is { } fields)
        {
            request.Content = new FormUrlEncodedContent(
                [.. fields, KeyValuePair.Create("__RequestVerificationToken", await client.TokenAsync())]);
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.Headers.Location is not { } location)
        {
            return ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        var target = new Uri(screens.App.Address, location);
        return target.Authority == screens.App.Address.Authority ? target.AbsolutePath : "zoom";
    }

    private KeyValuePair<string, string>[]? Form(string template) => template switch
    {
        "/privacy/export" => [new("subAccount", "northwind"), new("email", "no@example.test"), new("format", "json")],
        "/account/sign-out" or "/account/passkey-options" or "/account/provider" or "/account/provider/link" => [],
        "/zoom/connect" => [new("subAccount", "northwind")],
        "/zoom/confirm" => [new("subAccount", "northwind"), new("id", screens.Question), new("connect", "true")],
        "/zoom/start" => [new("subAccount", "northwind"), new("appointment", screens.Booked.Value.ToString())],
        _ => null,
    };
}
