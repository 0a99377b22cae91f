using System.Globalization;
using Xunit.Abstractions;

namespace ZoomCalendar.Tests.Soak;

/// <summary>
/// The whole app as a process, under faults, killed again and again while people book. Few kills in every test run;
/// <c>ZOOMCALENDAR_SOAK_KILLS=200</c> is the long form.
/// </summary>
[Trait("Category", "Soak")]
public sealed class SoakTests(ITestOutputHelper output)
{
    [Fact]
    public async Task After_repeated_kills_Zoom_holds_exactly_the_wanted_meetings()
    {
        var kills = Number("ZOOMCALENDAR_SOAK_KILLS") ?? 3;
        var seed = Number("ZOOMCALENDAR_SOAK_SEED") ?? Random.Shared.Next();
        output.WriteLine($"ZOOMCALENDAR_SOAK_SEED={seed}");
        await using var tenant = await SoakTestHost.StartAsync(seed);

        for (var kill = 0; kill < kills; kill++)
        {
            await tenant.LiveAndDieAsync();
        }

        await tenant.ComeToRestAsync();
        output.WriteLine(tenant.Summary);
        await tenant.ShouldAgreeAsync();
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
