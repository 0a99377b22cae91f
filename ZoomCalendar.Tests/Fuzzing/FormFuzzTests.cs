using ZoomCalendar.Tests.Booking;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Tests.Web;
using static ZoomCalendar.Tests.Fuzzing.HostileText;

namespace ZoomCalendar.Tests.Fuzzing;

/// <summary>Whatever a visitor sends by any form: a page in their words, never a fault of ours.</summary>
[OnSqlite("What a database does with text is tested by OddTextTests on both.")]
[Collection(nameof(FuzzHost))]
public sealed class FormFuzzTests(FuzzHost host)
{
    private const int PublicCases = 200;
    private const int AccountCases = 25;

    [Fact]
    public async Task Random_text_in_public_forms_causes_no_server_error()
    {
        using var visitor = new PublicVisitor(host.App);
        var forms = await PublicForms.FindAsync(host.App, visitor);

        await Fuzz.RunAsync(PublicCases, random =>
        {
            var (path, fields) = Pick(random, forms);
            return new FuzzInput(path, [.. fields.Select(
                field => new FuzzPart(field.Key, random.Next(3) == 0 ? HostileText.Next(random) : field.Value, field.Value))]);
        }, async input =>
        {
            using var answer = await visitor.PostAsync(input.Target, input.Parts.ToDictionary(part => part.Name, part => part.Value));
            return await host.JudgeAsync(answer);
        });
    }

    [Fact]
    public async Task Random_text_in_account_forms_causes_no_server_error()
    {
        await Fuzz.RunAsync(AccountCases, random =>
        {
            var index = random.Next(AccountForms.All.Count);
            return new FuzzInput($"{index}", [.. AccountForms.All[index].Fields.Select(field =>
            {
                var usual = field == "Input.Email" ? $"{random.NextInt64():x}@demo.test" : AccountForms.UsualOf(field);
                return new FuzzPart(field, random.Next(2) == 0 ? HostileText.Next(random) : usual, usual);
            })]);
        }, async input =>
        {
            var (path, handler, _) = AccountForms.All[int.Parse(input.Target, System.Globalization.CultureInfo.InvariantCulture)];
            using var visitor = host.App.NewVisitor();
            using var answer = await visitor.PostFormAsync(path, handler, [.. input.Parts.Select(part => (part.Name, part.Value))]);
            return await host.JudgeAsync(answer);
        });
    }

    [Fact]
    public async Task Random_addresses_cause_no_server_error()
    {
        using var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.App.Address };
        string[] templates =
        [
            "/book/{0}", "/book/northwind/{0}", "/book/northwind/intro-call?month={0}", "/book/northwind/intro-call?day={0}&zone={0}",
            "/book/northwind/intro-call?at={0}&host={0}", "/book/northwind/intro-call/confirmed/{0}", "/book/cancel/{0}",
            "/book/change/{0}", "/book/waiting/{0}", "/account/invitation?token={0}", "/account/sign-in?returnUrl={0}",
            "/account/reset-password?email={0}&code={0}", "/zoom/callback?code={0}&state={0}", "/zoom/callback?error={0}", "/{0}",
            "/a/{0}/calendar", "/status/{0}", "/api/{0}",
        ];

        await Fuzz.RunAsync(PublicCases, random => new FuzzInput(Pick(random, templates), [new("0", HostileText.Next(random), "a")]),
            async input =>
            {
                var value = Uri.EscapeDataString(input.Parts[0].Value is { Length: > 900 } longer ? longer[..900] : input.Parts[0].Value);
                using var answer = await visitor.GetAsync(input.Target.Replace("{0}", value, StringComparison.Ordinal));
                return await host.JudgeAsync(answer);
            });
    }
}
