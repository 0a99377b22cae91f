using System.Globalization;
using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>How a calendar divides its open time into slots, and the limits of booking one.</summary>
public sealed record SlotRules
{
    public const int MaxSeats = 9_999;

    public static readonly Duration MinLength = Duration.FromMinutes(5);
    public static readonly Duration MaxLength = Duration.FromHours(24);
    public const int MaxHorizonDays = 731;

    /// <summary>Two years.</summary>
    public static readonly Duration MaxNotice = Duration.FromDays(731);

    /// <summary>The allowed ranges as text, for all sentences that name them.</summary>
    public const string LengthRange = "5 minutes to 24 hours, in whole minutes";

    public const string BufferRange = "0 to 24 hours, in whole minutes";

    public const string NoticeRange = "0 minutes to 2 years (731 days)";

    public const string HorizonRange = "1 day to 2 years (731 days)";

    public static readonly string SeatsRange = string.Create(CultureInfo.InvariantCulture, $"1 to {MaxSeats:N0}");

    /// <exception cref="ArgumentException">A value is out of its range; the message names every such value and its range.</exception>
    public SlotRules(
        Duration length,
        Duration interval,
        Duration bufferBefore = default,
        Duration bufferAfter = default,
        Duration minimumNotice = default,
        int horizonDays = MaxHorizonDays,
        int seats = 1,
        int? dayLimit = null)
    {
        (Length, Interval) = (length, interval);
        (BufferBefore, BufferAfter) = (bufferBefore, bufferAfter);
        (MinimumNotice, HorizonDays) = (minimumNotice, horizonDays);
        (Seats, DayLimit) = (seats, dayLimit);

        if (Problems(length, interval, bufferBefore, bufferAfter, minimumNotice, horizonDays, seats, dayLimit) is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(" ", problems));
        }
    }

    public Duration Length { get; private init; }

    public Duration Interval { get; private init; }

    public Duration BufferBefore { get; private init; }

    public Duration BufferAfter { get; private init; }

    public Duration MinimumNotice { get; private init; }

    /// <summary>How many calendar days after today can be booked.</summary>
    public int HorizonDays { get; private init; }

    public int Seats { get; private init; }

    /// <summary>The maximum of active appointments of the calendar that start on one day of its zone. Null: no limit.</summary>
    public int? DayLimit { get; private init; }

    /// <summary>Creates rules from whole minutes.</summary>
    public static SlotRules OfMinutes(
        int length, int interval, int bufferBefore =
            0, int bufferAfter = 0, int minimumNotice = 0, int horizonDays = MaxHorizonDays, int seats = 1, int? dayLimit = null) => new(
            Duration.FromMinutes(length),
            Duration.FromMinutes(interval),
            Duration.FromMinutes(bufferBefore),
            Duration.FromMinutes(bufferAfter),
            Duration.FromMinutes(minimumNotice),
            horizonDays,
            seats,
            dayLimit);

    /// <summary>The same rules with another length.</summary>
    public SlotRules Lasting(Duration length) => this with { Length = length };

    /// <summary>The same rules with other buffers.</summary>
    public SlotRules WithBuffers(Duration before, Duration after) => this with { BufferBefore = before, BufferAfter = after };

    /// <summary>The same rules with another minimum notice.</summary>
    public SlotRules WithNotice(Duration notice) => this with { MinimumNotice = notice };

    /// <summary>One sentence for each value outside its range, for forms and the API. Empty: all values are valid.</summary>
    public static IReadOnlyList<string> Problems(
        Duration length,
        Duration interval,
        Duration bufferBefore,
        Duration bufferAfter,
        Duration minimumNotice,
        int horizonDays,
        int seats,
        int? dayLimit)
    {
        var problems = new List<string>();

        Check(IsLength(length), $"The duration must be {LengthRange}.");
        Check(IsLength(interval), $"The slot interval must be {LengthRange}.");
        Check(IsBuffer(bufferBefore), $"The buffer before must be {BufferRange}.");
        Check(IsBuffer(bufferAfter), $"The buffer after must be {BufferRange}.");
        Check(IsNotice(minimumNotice), $"The minimum notice must be {NoticeRange}.");
        Check(horizonDays is >= 1 and <= MaxHorizonDays, $"The booking window must be {HorizonRange}.");
        Check(seats is >= 1 and <= MaxSeats, $"The appointments per slot must be {SeatsRange}.");
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

    public static bool IsNotice(Duration notice) => notice >= Duration.Zero && notice <= MaxNotice;

    public static bool IsBuffer(Duration buffer) => IsWhole(buffer) && buffer >= Duration.Zero && buffer <= MaxLength;

    private static bool IsWhole(Duration duration) => duration.BclCompatibleTicks % NodaConstants.TicksPerMinute == 0;
}
