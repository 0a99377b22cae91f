using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Connect;

namespace ZoomCalendar.Tests.Fuzzing;

/// <summary>Whatever is posted to Zoom's webhook, signed or not: an answer, and nothing that stops the inbox.</summary>
[OnSqlite("What a database does with text is tested by OddTextTests on both.")]
[Collection(nameof(FuzzHost))]
public sealed class WebhookFuzzTests(FuzzHost host)
{
    private const int Cases = 200;

    [Fact]
    public async Task Random_signed_webhooks_are_answered_and_cause_no_error()
    {
        var zoom = host.App.Services.GetRequiredService<SandboxHost>().Server!;

        await Fuzz.RunAsync(Cases, random => new FuzzInput("/zoom/webhooks", [new("body", ZoomAnswerFuzzTests.WebhookBody(random), "{}")]),
            async input =>
            {
                var status = await zoom.Control.PostWebhookAsync(input.Parts[0].Value);
                var errors = host.TakeErrors();
                return status >= 500 || errors is not null ? $"{status}: {errors}" : null;
            });
    }

    [Fact]
    public async Task Random_signatures_and_times_are_refused()
    {
        var zoom = host.App.Services.GetRequiredService<SandboxHost>().Server!;

        await Fuzz.RunAsync(50, random => new FuzzInput("/zoom/webhooks",
            [new("signature", Header(random), "v0="), new("timestamp", $"{random.NextInt64()}", "1")]),
            async input =>
            {
                // It would be accepted with a valid signature.
                var status = await zoom.Control.PostWebhookAsync("""{"event":"meeting.started"}""",
                    signature: input.Parts[0].Value,
                    timestamp: long.Parse(input.Parts[1].Value, System.Globalization.CultureInfo.InvariantCulture));
                return status is 401 or 400 ? null : $"{status}: {host.TakeErrors()}";
            });
    }

    private static string Header(Random random) =>
        string.Concat(HostileText.Next(random).Take(200).Select(character => character is < ' ' or > '~' ? '?' : character)).Trim();
}
