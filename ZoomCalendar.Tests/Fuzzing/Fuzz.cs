using System.Diagnostics;
using System.Globalization;

namespace ZoomCalendar.Tests.Fuzzing;

/// <summary>
/// Tries hostile inputs. In CI each fuzzer tries a few, always the same. With <see cref="SecondsVariable"/> each goes on for so many
/// seconds from another seed each time, and also fails if an answer takes longer than <see cref="Slow"/> or the memory grows. A failure
/// names the seed and the smallest input that fails; <see cref="SeedVariable"/> repeats it.
/// </summary>
internal static class Fuzz
{
    public const string SecondsVariable = "ZOOMCALENDAR_FUZZ_SECONDS";
    public const string SeedVariable = "ZOOMCALENDAR_FUZZ_SEED";

    private const int Attempts = 300;
    private const long MayGrow = 64L << 20;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan? Length =
        Environment.GetEnvironmentVariable(SecondsVariable) is { Length: > 0 } seconds ? TimeSpan.FromSeconds(Number(seconds)) : null;

    public static bool IsLong => Length is not null;

    private static int Seed { get; } = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } seed ? Number(seed)
        : IsLong ? Random.Shared.Next(1_000_000) : 1;

    /// <param name="cases">How many in CI.</param>
    /// <param name="next">Makes an input from nothing but the random numbers.</param>
    /// <param name="judgeAsync">What is wrong with the answer; null: nothing.</param>
    public static async Task RunAsync(int cases, Func<Random, FuzzInput> next, Func<FuzzInput, Task<string?>> judgeAsync)
    {
        var start = Stopwatch.GetTimestamp();
        long? early = null;
        var count = 0;
        for (; Length is { } length ? Stopwatch.GetElapsedTime(start) < length : count < cases; count++)
        {
            if (Length is { } whole && early is null && Stopwatch.GetElapsedTime(start) > whole / 3)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }

            var input = next(new Random(unchecked((Seed * 1_000_003) + count)));
            if (await TimedAsync(input, judgeAsync) is { } fault)
            {
                var (smallest, why) = await ShrinkAsync(input, fault, judgeAsync);
                Assert.Fail($"{why}\nCase {count} of seed {Seed} ({SeedVariable}={Seed}), made smaller:\n{smallest}");
            }
        }

        if (early is { } before)
        {
            var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
            Console.WriteLine($"{count} cases of seed {Seed}; the heap grew by {grown >> 20} MB in the last two thirds of the time.");
            Assert.True(grown < MayGrow, $"The heap grew by {grown >> 20} MB in {count} cases of seed {Seed}.");
        }
    }

    private static async Task<string?> TimedAsync(FuzzInput input, Func<FuzzInput, Task<string?>> judgeAsync)
    {
        var start = Stopwatch.GetTimestamp();
        var fault = await AnsweredAsync(input, judgeAsync);
        var took = Stopwatch.GetElapsedTime(start);
        if (fault is not null || !IsLong || took <= Slow)
        {
            // No test of CI fails by a clock.
            return fault;
        }

        // The first of its kind may have been compiled, and the machine may have been busy: it has to be slow again.
        start = Stopwatch.GetTimestamp();
        fault = await AnsweredAsync(input, judgeAsync);
        took = Stopwatch.GetElapsedTime(start);
        return fault ?? (took > Slow ? $"It took {took.TotalSeconds:0.0} s." : null);
    }

    private static async Task<string?> AnsweredAsync(FuzzInput input, Func<FuzzInput, Task<string?>> judgeAsync)
    {
        try
        {
            return await judgeAsync(input);
        }
        catch (HttpRequestException unanswered)
        {
            return $"It was not answered: {unanswered}";
        }
    }

    private static async Task<(FuzzInput Input, string Fault)> ShrinkAsync(
        FuzzInput input, string fault, Func<FuzzInput, Task<string?>> judgeAsync)
    {
        var left = Attempts;
        while (left > 0)
        {
            (FuzzInput Input, string Fault)? smaller = null;
            foreach (var simpler in input.Simpler())
            {
                if (left-- <= 0)
                {
                    break;
                }

                if (await TimedAsync(simpler, judgeAsync) is { } still)
                {
                    smaller = (simpler, still);
                    break;
                }
            }

            if (smaller is null)
            {
                break;
            }

            (input, fault) = smaller.Value;
        }

        return (input, fault);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
