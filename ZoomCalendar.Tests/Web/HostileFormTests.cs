using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Booking;
using ZoomCalendar.Tests.Fuzzing;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

/// <summary>Whatever a visitor sends to any form: an answer, never a fault of ours.</summary>
public sealed partial class HostileFormTests : IAsyncLifetime
{
    private const string LoadFailed = "This page could not be shown.";

    private static readonly IReadOnlyList<string> Odd = HostileText.Known;

    private AppHost _app = null!;

    public async Task InitializeAsync() => _app = await AppHost.StartAsync(
        builder => builder.UseSetting("Booking:SubmissionsPerTenMinutes", "100000").UseSetting("Booking:ViewsPerMinute", "100000"));

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Odd_characters_in_any_public_form_cause_no_server_error()
    {
        using var visitor = new PublicVisitor(_app);
        var faults = new List<string>();
        foreach (var (path, fields) in await PublicForms.FindAsync(_app, visitor))
        {
            foreach (var (name, odd) in fields.Keys.SelectMany(name => Odd.Select(odd => (name, odd))))
            {
                using var answer = await visitor.PostAsync(path, new(fields) { [name] = odd });
                Judge($"{path.Split('/')[2]} {name}", odd, answer, faults);
            }
        }

        faults.Should().BeEmpty();
    }

    [Fact]
    public async Task Odd_characters_in_the_account_forms_cause_no_server_error()
    {
        var faults = new List<string>();
        foreach (var (path, handler, fields) in AccountForms.All)
        {
            foreach (var (name, odd) in fields.SelectMany(name => Odd.Select(odd => (name, odd))))
            {
                using var visitor = _app.NewVisitor();
                using var answer = await visitor.PostFormAsync(path, handler, [.. fields.Select(
                    field => (field, field == name ? odd : AccountForms.UsualOf(field)))]);
                Judge($"{path} {name}", odd, answer, faults);
            }
        }

        faults.Should().BeEmpty();
    }

    [Fact]
    public async Task Odd_characters_in_signed_in_forms_cause_no_server_error()
    {
        var faults = new List<string>();
        using var ben = await _app.SignedInAsync("ben@demo.test");
        var token = await ben.TokenAsync();
        (string Path, string[] Fields)[] forms =
        [
            ("/zoom/connect", ["subAccount", "returnUrl"]),
            ("/zoom/confirm", ["subAccount", "id", "connect"]),
            ("/zoom/start", ["subAccount", "appointment"]),
        ];
        var usual = new Dictionary<string, string>
        {
            ["subAccount"] = "northwind",
            ["returnUrl"] = "/",
            ["id"] = Guid.NewGuid().ToString(),
            ["connect"] = "true",
            ["appointment"] = Guid.NewGuid().ToString()
        };
        foreach (var (path, fields) in forms)
        {
            foreach (var (name, odd) in fields.SelectMany(name => Odd.Select(odd => (name, odd))))
            {
                var form = fields.ToDictionary(field => field, field => field == name ? odd : usual[field]);
                form["__RequestVerificationToken"] = token;
                using var answer = await ben.PostAsync(path, new FormUrlEncodedContent(form));
                Judge($"{path} {name}", odd, answer, faults);
            }
        }

        using var ada = await _app.SignedInAsync("ada@demo.test");
        var adasToken = await ada.TokenAsync();
        var export = new Dictionary<string, string> { ["subAccount"] = "northwind", ["email"] = "jo@example.test", ["format"] = "json" };
        foreach (var (name, odd) in export.Keys.SelectMany(name => Odd.Select(odd => (name, odd))))
        {
            var form = new Dictionary<string, string>(export) { [name] = odd, ["__RequestVerificationToken"] = adasToken };
            using var answer = await ada.PostAsync("/privacy/export", new FormUrlEncodedContent(form));
            Judge($"/privacy/export {name}", odd, answer, faults);
        }

        foreach (var odd in Odd)
        {
            using var visitor = await _app.SignedInAsync("cleo@demo.test");
            using var answer = await visitor.PostAsync(
                "/account/sign-out",
                new FormUrlEncodedContent([new("returnUrl", odd), new("__RequestVerificationToken", await visitor.TokenAsync())]));
            Judge("/account/sign-out returnUrl", odd, answer, faults);
        }

        faults.Should().BeEmpty();
    }

    [Fact]
    [OnSqlite("What a database does with text is tested by OddTextTests on both.")]
    public async Task Odd_characters_in_the_forms_of_a_second_factor_are_answered_with_a_sentence()
    {
        var faults = new List<string>();
        using var ada = await _app.SignedInAsync("ada@demo.test");
        foreach (var odd in Odd)
        {
            await JudgeSentenceAsync(ada, "/account/authenticator", "turn-on", ("Input.Code", odd));
        }

        await ChangeAsync(db => db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(row => row.ProvenAt, (DateTimeOffset?)null)));
        foreach (var odd in Odd)
        {
            await JudgeSentenceAsync(ada, "/account/authenticator", "confirm", ("Proof.Password", odd));
        }

        await ChangeAsync(db => db.Users.Where(row => row.Email == "ben@demo.test")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.TwoFactorEnabled, true)));
        using var ben = _app.NewVisitor();
        using var first = await ben.PostFormAsync(
            "/account/sign-in", "sign-in", ("Input.Email", "ben@demo.test"), ("Input.Password", "Zoom-Calendar-1"));
        first.Headers.Location!.OriginalString.Should().Contain("/account/second-step");
        foreach (var odd in Odd)
        {
            await JudgeSentenceAsync(ben, "/account/second-step", "second-step", ("Input.Code", odd));
            await JudgeSentenceAsync(ben, "/account/second-step?recovery=true", "second-step", ("Input.Code", odd));
        }

        faults.Should().BeEmpty();

        async Task JudgeSentenceAsync(HttpClient client, string page, string handler, (string, string) field)
        {
            // Each is judged as the first wrong one.
            await ChangeAsync(db => db.AttemptCounters.ExecuteDeleteAsync());
            using var answer = await client.PostFormAsync(page, handler, field);
            var text = await answer.TextAsync();
            Judge($"{page} {handler}", field.Item2, answer, faults);
            // A NUL is no text: such a form is refused as a whole, by a page that says so.
            if (!SentenceOfForm().IsMatch(text)
                && !(answer.StatusCode is HttpStatusCode.BadRequest && text.Contains("<h1", StringComparison.Ordinal)))
            {
                Judge($"{page} {handler}, no sentence", field.Item2, answer, faults, always: true);
            }
        }
    }

    [Fact]
    public async Task Odd_characters_in_addresses_cause_no_server_error()
    {
        using var ben = await _app.SignedInAsync("ben@demo.test");
        using var ada = await _app.SignedInAsync("ada@demo.test");
        string[] templates =
        [
            "/book/{0}",
            "/book/{0}/confirmed/{0}",
            "/book/northwind/{0}",
            "/book/{0}/intro-call",
            "/book/{0}/{0}/waiting",
            "/book/northwind/intro-call?month={0}&day={0}&at={0}&host={0}&zone={0}",
            "/book/northwind/intro-call/changes?known={0}",
            "/book/northwind/intro-call/confirmed/{0}",
            "/book/northwind/intro-call/confirmed/{0}/invitation.ics",
            "/book/cancel/{0}",
            "/book/change/{0}",
            "/book/waiting/{0}",
            "/book/{0}/waiting",
            "/account/invitation?token={0}",
            "/account/sign-in?returnUrl={0}",
            "/account/reset-password?email={0}&code={0}",
            "/a/{0}",
            "/a/{0}/calendar",
            "/a/northwind/calendar?view={0}&date={0}&who={0}&calendars={0}&search={0}&open={0}",
            "/a/northwind/calendar?zoom={0}&missing={0}",
            "/a/northwind/activity?topic={0}&person={0}&appointment={0}&before={0}",
            "/a/northwind/messages?message={0}&to={0}",
            "/team/{0}",
            "/settings/calendars/{0}",
            "/profile?x={0}",
            "/{0}",
            "/zoom/callback?code={0}&state={0}",
            "/zoom/callback?error={0}&error_description={0}",
            "/status/{0}",
            "/your-data/{0}",
            "/your-data/{0}/data.json",
            "/your-data/{0}/appointments.ics",
            "/your-data/{0}/erase",
            "/account/second-step?returnUrl={0}&recovery={0}",
            "/account/authenticator?returnUrl={0}",
            "/a/northwind/settings/security-log?show={0}&person={0}&before={0}",
            "/a/northwind/settings/privacy?again={0}",
            "/a/northwind/profile?saved={0}&location={0}",
        ];
        var faults = new List<string>();
        foreach (var template in templates)
        {
            foreach (var odd in Odd.Where(odd => odd.Length < 5_000))
            {
                // Half a pair cannot be written in UTF-8 but some programs try; NUL in a path is the server's to refuse.
                var path = string.Format(System.Globalization.CultureInfo.InvariantCulture, template, Uri.EscapeDataString(odd));
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
                var who = template.Contains("/settings/", StringComparison.Ordinal) ? ada : ben;
                using var answer = await who.SendAsync(
                    new HttpRequestMessage(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead, limit.Token);
                Judge(template, odd, answer, faults);
                if (template.StartsWith("/a/northwind/", StringComparison.Ordinal)
                    && (await answer.TextAsync()).Contains(LoadFailed, StringComparison.Ordinal))
                {
                    Judge($"{template}, no page", odd, answer, faults, always: true);
                }
            }
        }

        faults.Should().BeEmpty();
    }

    [Fact]
    public async Task A_post_without_a_readable_form_is_refused_in_the_reader_s_words()
    {
        using var visitor = new PublicVisitor(_app);
        var faults = new List<string>();
        foreach (var (path, fields) in await PublicForms.FindAsync(_app, visitor))
        {
            foreach (var (what, content) in Unreadable(fields))
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
                using var answer = await visitor.Client.SendAsync(request);
                var text = await answer.TextAsync();
                if ((int)answer.StatusCode is < 400 or >= 500 || text.Contains("The fault is ours", StringComparison.Ordinal)
                    || text.Contains("your calendar", StringComparison.Ordinal) || !text.Contains("<h1", StringComparison.Ordinal))
                {
                    faults.Add($"{path.Split('/')[2]}, {what}: {(int)answer.StatusCode}");
                }
            }
        }

        faults.Should().BeEmpty();
    }

    [Fact]
    public async Task A_post_without_a_readable_form_to_account_and_connect_pages_is_refused_in_words()
    {
        var faults = new List<string>();
        string[] paths = ["/account/register", "/account/sign-in", "/account/forgot-password", "/account/reset-password",
            "/account/sign-out", "/account/change-password", "/zoom/connect", "/zoom/confirm", "/zoom/start"];
        using var ben = await _app.SignedInAsync("ben@demo.test");
        foreach (var path in paths)
        {
            foreach (var (what, content) in Unreadable(new() { ["__RequestVerificationToken"] = await ben.TokenAsync() }))
            {
                using var answer = await ben.PostAsync(path, content);
                var text = await answer.TextAsync();
                if ((int)answer.StatusCode is < 400 or >= 500 || text.Contains("The fault is ours", StringComparison.Ordinal)
                    || !text.Contains("<h1", StringComparison.Ordinal))
                {
                    faults.Add($"{path}, {what}: {(int)answer.StatusCode} {text[..Math.Min(text.Length, 60)]}");
                }
            }
        }

        faults.Should().BeEmpty();
    }

    private static IEnumerable<(string What, HttpContent? Content)> Unreadable(Dictionary<string, string> fields)
    {
        yield return ("no body", null);
        yield return ("an empty body", new ByteArrayContent([]));
        yield return ("JSON", new StringContent("{}", Encoding.UTF8, "application/json"));
        yield return ("plain text", new StringContent("name=Jo"));
        yield return ("no type", new ByteArrayContent("name=Jo"u8.ToArray()));
        yield return ("a field twice", new FormUrlEncodedContent(
            [.. fields, new("at", "1"), new("at", "2"), new("sure", "1"), new("sure", "2"), new("returnUrl", "/"), new("returnUrl", "/"),
                new("_handler", "a"), new("_handler", "b")]));
        yield return ("a broken multipart body", Typed("nonsense"u8.ToArray(), "multipart/form-data; boundary=x"));
        yield return ("a multipart body without boundary", Typed("nonsense"u8.ToArray(), "multipart/form-data"));
        yield return ("too many fields", new FormUrlEncodedContent(
            Enumerable.Range(0, 3_000).Select(index => KeyValuePair.Create($"f{index}", "x"))));
        yield return ("a name that is too long", new FormUrlEncodedContent([new(new string('n', 5_000), "x")]));
        yield return ("too large", new ByteArrayContent(new byte[70 * 1024])
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") },
        });
    }

    private static ByteArrayContent Typed(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private async Task ChangeAsync(Func<ZoomCalendarContext, Task<int>> change)
    {
        await using var db = await _app.OpenDatabaseAsync();
        await change(db);
    }

    private static void Judge(string where, string odd, HttpResponseMessage answer, List<string> faults, bool always = false)
    {
        if (always || (int)answer.StatusCode >= 500)
        {
            faults.Add(
                $"{where} = {string.Join(' ', odd.Take(12).Select(character => ((int)character).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)))}: {(int)answer.StatusCode}");
        }
    }

    // Above the form, or below the field.
    [GeneratedRegex("(role=\"alert\"|class=\"validation-message\")[^>]*>[^<]+")]
    private static partial Regex SentenceOfForm();
}
