using System.Globalization;
using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>How a calendar cuts its open time into slots, and who may still take one.</summary>
public sealed record SlotRules
{
    public const int MaxSeats = 9_999;

    public static readonly Duration MinLength = Duration.FromMinutes(5);
    public static readonly Duration MaxLength = Duration.FromHours(24);
    public static readonly Duration MaxHorizon = Duration.FromDays(731);

    /// <exception cref="ArgumentException">A value is out of its range; the message names every such value and its range.</exception>
    public SlotRules(
        Duration length,
        Duration interval,
        Duration bufferBefore = default,
        Duration bufferAfter = default,
        Duration minimumNotice = default,
        Duration? horizon = null,
        int seats = 1,
        int? dayLimit = null)
    {
        (Length, Interval) = (length, interval);
        (BufferBefore, BufferAfter) = (bufferBefore, bufferAfter);
        (MinimumNotice, Horizon) = (minimumNotice, horizon ?? MaxHorizon);
        (Seats, DayLimit) = (seats, dayLimit);

        if (Problems(length, interval, bufferBefore, bufferAfter, minimumNotice, Horizon, seats, dayLimit) is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(" ", problems));
        }
    }

    public Duration Length { get; private init; }

    public Duration Interval { get; private init; }

    public Duration BufferBefore { get; private init; }

    public Duration BufferAfter { get; private init; }

    public Duration MinimumNotice { get; private init; }

    public Duration Horizon { get; private init; }

    public int Seats { get; private init; }

    /// <summary>The most active appointments of the calendar that may start on one day of its zone; null is no limit.</summary>
    public int? DayLimit { get; private init; }

    public static SlotRules OfMinutes(
        int length, int interval, int bufferBefore = 0, int bufferAfter = 0, int minimumNotice = 0, int horizonDays = 731, int seats = 1, int? dayLimit = null) => new(
            Duration.FromMinutes(length),
            Duration.FromMinutes(interval),
            Duration.FromMinutes(bufferBefore),
            Duration.FromMinutes(bufferAfter),
            Duration.FromMinutes(minimumNotice),
            Duration.FromDays(horizonDays),
            seats,
            dayLimit);

    /// <summary>The same rules for an appointment that has a length of its own.</summary>
    public SlotRules Lasting(Duration length) => this with { Length = length };

    /// <summary>The same rules for an appointment that keeps other distances.</summary>
    public SlotRules WithBuffers(Duration before, Duration after) => this with { BufferBefore = before, BufferAfter = after };

    /// <summary>The same rules for somebody who needs that much notice.</summary>
    public SlotRules WithNotice(Duration notice) => this with { MinimumNotice = notice };

    /// <summary>One sentence with the allowed range for each value that is outside it; for forms and the API.</summary>
    public static IReadOnlyList<string> Problems(
        Duration length, Duration interval, Duration bufferBefore, Duration bufferAfter, Duration minimumNotice, Duration horizon, int seats, int? dayLimit)
    {
        var problems = new List<string>();

        Check(IsLength(length), "The length must be 5 minutes to 24 hours, in whole minutes.");
        Check(IsLength(interval), "The slot interval must be 5 minutes to 24 hours, in whole minutes.");
        Check(IsBuffer(bufferBefore), "The buffer before must be 0 to 24 hours, in whole minutes.");
        Check(IsBuffer(bufferAfter), "The buffer after must be 0 to 24 hours, in whole minutes.");
        Check(minimumNotice >= Duration.Zero && minimumNotice <= MaxHorizon, "The minimum notice must be 0 minutes to 2 years (731 days).");
        Check(horizon > Duration.Zero && horizon <= MaxHorizon, "The booking horizon must be more than 0 and at most 2 years (731 days).");
        Check(seats is >= 1 and <= MaxSeats, string.Create(CultureInfo.InvariantCulture, $"The appointments per slot must be 1 to {MaxSeats:N0}."));
        Check(dayLimit is null or >= 1, "The limit per day must be 1 or more, or left empty.");

        return problems;

        void Check(bool isFine, string problem)
        {
            if (!isFine)
            {
                problems.Add(problem);
            }
        }
    }

    public static bool IsLength(Duration length) => IsWhole(length) && length >= MinLength && length <= MaxLength;

    private static bool IsBuffer(Duration buffer) => IsWhole(buffer) && buffer >= Duration.Zero && buffer <= MaxLength;

    private static bool IsWhole(Duration duration) => duration.BclCompatibleTicks % NodaConstants.TicksPerMinute == 0;
}
