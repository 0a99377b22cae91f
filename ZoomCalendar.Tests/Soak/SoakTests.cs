using System.Globalization;
using Xunit.Abstractions;

namespace ZoomCalendar.Tests.Soak;

/// <summary>
/// The whole app as a process, under faults, killed again and again while people book. Few kills in every test run;
/// <c>ZOOMCALENDAR_SOAK_KILLS=200</c> is the long form.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    [Fact]
    public async Task However_often_it_is_killed_Zoom_holds_exactly_what_is_wanted_in_the_end()
    {
        var kills = Number("ZOOMCALENDAR_SOAK_KILLS") ?? 3;
        var seed = Number("ZOOMCALENDAR_SOAK_SEED") ?? Random.Shared.Next();
        output.WriteLine($"ZOOMCALENDAR_SOAK_SEED={seed}");
        await using var studio = await SoakTestHost.StartAsync(seed);

        for (var kill = 0; kill < kills; kill++)
        {
            await studio.LiveAndDieAsync();
        }

        await studio.ComeToRestAsync();
        output.WriteLine(studio.Summary);
        await studio.ShouldAgreeAsync();
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
