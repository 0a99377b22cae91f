using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

/// <summary>What an anonymous request may cost: password hashes, messages, and tries at a password.</summary>
public sealed class AccountLimitTests : IAsyncLifetime
{
    private const string Password = "Zoom-Calendar-1";
    private const string Wrong = "not it at all";

    private readonly RecordingHasher _hasher = new();
    private AppHost _app = null!;

    public async Task InitializeAsync() => _app = await AppHost.StartAsync(
        host => host.ConfigureServices(services => services.AddSingleton<IPasswordHasher<User>>(_hasher)));

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Fact]
    public async Task Thirty_reset_requests_send_one_mailbox_few_messages_and_then_say_so()
    {
        using var visitor = _app.NewVisitor();
        HttpResponseMessage last = null!;
        for (var request = 0; request < 30; request++)
        {
            last = await visitor.PostFormAsync("/account/forgot-password", "forgot-password", ("Input.Email", "cleo@demo.test"));
        }

        last.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        last.Headers.RetryAfter.Should().NotBeNull();
        (await last.TextAsync()).Should().Contain("value=\"cleo@demo.test\"").And.Contain("role=\"alert\"");
        await EveryRequestIsHandledAsync();
        (await ReadAsync(db => db.Messages.CountAsync(row => row.Address == "cleo@demo.test"))).Should().BeInRange(1, 5);
    }

    [Fact]
    public async Task Many_wrong_passwords_from_one_address_are_refused_on_the_form_with_what_was_typed()
    {
        using var visitor = _app.NewVisitor();
        HttpResponseMessage last = null!;
        for (var attempt = 0; attempt < 60; attempt++)
        {
            last = await SignInAsync(visitor, $"nobody{attempt}@demo.test", Wrong);
        }

        last.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        last.Headers.RetryAfter.Should().NotBeNull();
        (await last.TextAsync()).Should().Contain("value=\"nobody59@demo.test\"").And.MatchRegex("role=\"alert\"[^>]*>Too many");
        _hasher.Count.Should().BeLessThan(60, "a refused request costs no hash");
    }

    [Fact]
    public async Task A_locked_account_lets_its_owner_in_on_a_known_device_and_by_a_mailed_link()
    {
        using var owner = await _app.SignedInAsync("cleo@demo.test");
        await owner.PostAsync(
            "/account/sign-out", new FormUrlEncodedContent([new("__RequestVerificationToken", await owner.TokenAsync())]));
        await LockAsync("cleo@demo.test");

        (await SignInAsync(owner, "cleo@demo.test", Password)).StatusCode.Should().Be(HttpStatusCode.Redirect, "the device is known");

        using var elsewhere = _app.NewVisitor();
        var locked = await SignInAsync(elsewhere, "cleo@demo.test", Password);
        (await AlertOf(locked)).Should().Contain("pauses for 15 minutes").And.Contain("Forgot password");
        await elsewhere.PostFormAsync("/account/forgot-password", "forgot-password", ("Input.Email", "cleo@demo.test"));
        await elsewhere.PostFormAsync(
            await _app.LinkToAsync("cleo@demo.test", "/account/reset-password"),
            "reset-password",
            ("Input.Password", "a new long password"));
        (await SignInAsync(elsewhere, "cleo@demo.test", "a new long password")).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_known_device_has_five_tries_too()
    {
        using var device = await _app.SignedInAsync("cleo@demo.test");
        await device.PostAsync(
            "/account/sign-out", new FormUrlEncodedContent([new("__RequestVerificationToken", await device.TokenAsync())]));
        await LockAsync("cleo@demo.test", device);

        (await AlertOf(await SignInAsync(device, "cleo@demo.test", Password))).Should().Contain("pauses for 15 minutes");
    }

    [Fact]
    public async Task Tries_at_the_same_moment_are_all_counted()
    {
        using var visitor = _app.NewVisitor();
        await visitor.TokenAsync();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SignInAsync(visitor, "cleo@demo.test", Wrong)));

        using var fresh = _app.NewVisitor();
        (await AlertOf(await SignInAsync(fresh, "cleo@demo.test", Password))).Should().Contain("pauses for 15 minutes");
    }

    [Fact]
    public async Task Wrong_current_passwords_are_counted()
    {
        using var ben = await _app.SignedInAsync("ben@demo.test");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await ChangeAsync(ben, Wrong);
        }

        var right = await ChangeAsync(ben, Password);

        right.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await AlertOf(right)).Should().Contain("Too many wrong passwords");
    }

    [Fact]
    public async Task At_most_half_of_the_processors_hash_passwords()
    {
        using var visitor = _app.NewVisitor();
        await visitor.TokenAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(number => SignInAsync(visitor, $"nobody{number}@demo.test", Wrong)));

        _hasher.MostAtOnce.Should().BeLessThanOrEqualTo(Math.Max(1, Environment.ProcessorCount / 2));
    }

    [Fact]
    public async Task A_known_an_unknown_and_a_locked_address_cost_one_hash_each()
    {
        using var visitor = _app.NewVisitor();
        await LockAsync("cleo@demo.test");

        foreach (var email in new[] { "ada@demo.test", "nobody@demo.test", "cleo@demo.test" })
        {
            var before = _hasher.Count;
            await SignInAsync(visitor, email, Wrong);
            (_hasher.Count - before).Should().Be(1, "{0} costs what the others cost", email);
        }
    }

    [Fact]
    public async Task An_unknown_address_is_locked_like_a_known_one()
    {
        using var visitor = _app.NewVisitor();
        await LockAsync("nobody@demo.test");
        await LockAsync("cleo@demo.test");

        var unknown = await AlertOf(await SignInAsync(visitor, "nobody@demo.test", Wrong));

        unknown.Should().Be(await AlertOf(await SignInAsync(visitor, "cleo@demo.test", Wrong)));
    }

    [Fact]
    public async Task Registering_with_a_known_address_costs_the_same_and_looks_the_same_as_with_an_unknown_one()
    {
        using var visitor = _app.NewVisitor();
        List<(int Hashes, HttpStatusCode Status, string Page)> answers = [];

        foreach (var email in new[] { "ada@demo.test", "dee@demo.test" })
        {
            var before = _hasher.Count;
            using var answer = await visitor.PostFormAsync(
                "/account/register",
                "register",
                ("Input.Name", "Dee"),
                ("Input.Business", "Dee's"),
                ("Input.Email", email),
                ("Input.Password", "a long password"));
            answers.Add((_hasher.Count - before, answer.StatusCode, MainOf(await answer.TextAsync()).Replace(email, "…")));
        }

        answers[0].Should().Be(answers[1]);
        (await _app.LinkToAsync("ada@demo.test", "has an account already")).Should().Be("/account/sign-in");
        (await _app.LinkToAsync("dee@demo.test", "confirm-registration")).Should().Contain("token=");
    }

    [Fact]
    public async Task A_registration_link_works_once()
    {
        using var visitor = _app.NewVisitor();
        await visitor.PostFormAsync(
            "/account/register",
            "register",
            ("Input.Name", "Dee"),
            ("Input.Business", "Dee's"),
            ("Input.Email", "dee@demo.test"),
            ("Input.Password", "a long password"));
        (await AlertOf(await SignInAsync(visitor, "dee@demo.test", "a long password"))).Should().Contain("do not match");
        var link = await _app.LinkToAsync("dee@demo.test", "confirm-registration");

        (await visitor.PostFormAsync(link, "confirm-registration")).StatusCode.Should().Be(HttpStatusCode.Redirect);

        using var second = _app.NewVisitor();
        (await second.GetStringAsync(link)).Should().Contain("no longer valid");
        (await SignInAsync(second, "dee@demo.test", "a long password")).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Over_long_input_is_refused_before_it_costs_a_hash()
    {
        using var visitor = _app.NewVisitor();
        var before = _hasher.Count;

        foreach (var (path, handler) in new[]
        {
            ("/account/sign-in", "sign-in"),
            ("/account/register", "register"),
            ("/account/forgot-password", "forgot-password"),
            ("/account/reset-password?email=ada%40demo.test&code=AAAA", "reset-password"),
        })
        {
            var answer = await visitor.PostFormAsync(
                path,
                handler,
                ("Input.Name", new string('n', 5_000)),
                ("Input.Business", "Business"),
                ("Input.Email", $"{new string('e', 5_000)}@demo.test"),
                ("Input.Password", new string('p', 5_000)));
            (await answer.TextAsync()).Should().MatchRegex("validation-message|role=\"alert\"", "{0} refuses in a sentence", path);
        }

        _hasher.Count.Should().Be(before);
    }

    [Fact]
    public async Task The_commonest_passwords_are_refused()
    {
        using var ben = await _app.SignedInAsync("ben@demo.test");

        foreach (var common in new[] { "1234567890", "Qwertyuiop", "password123" })
        {
            var answer = await ben.PostFormAsync(
                "/account/change-password", "change-password", ("Input.Current", Password), ("Input.Password", common));
            (await AlertOf(answer)).Should().Contain("one of the most common passwords");
        }
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient visitor, string email, string password) =>
        visitor.PostFormAsync("/account/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", password));

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient user, string current) => user.PostFormAsync(
        "/account/change-password", "change-password", ("Input.Current", current), ("Input.Password", "a new long password"));

    private static string MainOf(string page) => Regex.Match(page, "<main.*</main>", RegexOptions.Singleline).Value;

    private static async Task<string> AlertOf(HttpResponseMessage answer) =>
        Regex.Match(await answer.TextAsync(), "role=\"alert\"[^>]*>(?<words>[^<]+)<").Groups["words"].Value;

    private async Task LockAsync(string email, HttpClient? visitor = null)
    {
        using var stranger = _app.NewVisitor();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await SignInAsync(visitor ?? stranger, email, Wrong);
        }
    }

    private Task EveryRequestIsHandledAsync() => Eventually.HoldsAsync(
        () => ReadAsync(async db => !await db.AccountRequests.AnyAsync()), TimeSpan.FromSeconds(60), "the requests are handled");

    private async Task<T> ReadAsync<T>(Func<Core.Storage.ZoomCalendarContext, Task<T>> query)
    {
        await using var db = await _app.OpenDatabaseAsync();
        return await query(db);
    }

    /// <summary>The real hasher, counted.</summary>
    private sealed class RecordingHasher : IPasswordHasher<User>
    {
        private readonly PasswordHasher<User> _inner = new(Options.Create(new PasswordHasherOptions()));
        private readonly Lock _lock = new();
        private int _running;

        public int Count { get; private set; }

        public int MostAtOnce { get; private set; }

        public string HashPassword(User user, string password) => Record(() => _inner.HashPassword(user, password));

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword) =>
            Record(() => _inner.VerifyHashedPassword(user, hashedPassword, providedPassword));

        private T Record<T>(Func<T> work)
        {
            lock (_lock)
            {
                (Count, _running) = (Count + 1, _running + 1);
                MostAtOnce = Math.Max(MostAtOnce, _running);
            }

            try
            {
                return work();
            }
            finally
            {
                lock (_lock)
                {
                    _running--;
                }
            }
        }
    }
}
