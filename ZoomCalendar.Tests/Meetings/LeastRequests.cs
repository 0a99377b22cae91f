using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>
/// The least that has to be sent, written apart from the engine: somebody with a list of slots who, whenever something happens, writes down
/// everything that Zoom does not know yet, puts it in order, and sends what the day still allows. Knows nothing of rows, leases or plans.
/// </summary>
/// <param name="accountOf">Whose Zoom account serves an appointment.</param>
/// <param name="topicOf">What Zoom is told of a slot by name, from its appointments, the earliest booked first.</param>
internal sealed class LeastRequests(Func<Appointment, string> accountOf, Func<IReadOnlyList<Appointment>, string> topicOf)
{
    private const int ADay = 100;
    private const int Reserve = 20;

    private readonly Dictionary<Slot, Entry> _slots = [];
    private readonly List<Entry> _unwanted = [];
    private readonly Dictionary<(string Account, DateOnly Day), int> _used = [];
    private readonly Dictionary<string, List<RequestKind>> _sent = [];

    public IReadOnlyList<RequestKind> SentTo(string account) => _sent.GetValueOrDefault(account) ?? [];

    /// <summary>On the last day on which any were.</summary>
    public int LastUsedBy(string account) =>
        _used.Where(used => used.Key.Account == account).OrderBy(used => used.Key.Day).Select(used => used.Value).LastOrDefault();

    public void HaveUsed(string account, DateOnly day, int used) => _used[(account, day)] = used;

    /// <param name="now">The moment.</param>
    /// <param name="active">All that is booked now; one change since the last time.</param>
    public void Note(DateTimeOffset now, ILookup<Slot, Appointment> active)
    {
        foreach (var slot in _slots.Keys.Where(slot => !active.Contains(slot)).ToList())
        {
            _slots.Remove(slot, out var entry);
            if (entry!.InZoom is not null)
            {
                _unwanted.Add(entry);
            }
        }

        foreach (var slot in active)
        {
            var seats = slot.OrderBy(seat => seat.CreatedAt).ThenBy(seat => seat.Id.Value).ToList();
            var end = seats.Max(seat => seat.End);
            var versions = seats.ToDictionary(seat => seat.Id, seat => seat.Version);
            if (!_slots.TryGetValue(slot.Key, out var entry))
            {
                _slots[slot.Key] = entry = new Entry(accountOf(seats[0]), slot.Key.Start);
            }
            else if (end > entry.End || entry.Seats.Any(seat => !versions.TryGetValue(seat.Key, out var version) || version != seat.Value))
            {
                // Somebody edited, left, or made it longer. Until it is in Zoom there is nothing to be late with.
                entry.FirstChange = entry.InZoom is null ? null : entry.FirstChange ?? now;
                entry.LastChange = entry.InZoom is null ? null : now;
            }

            (entry.Content, entry.End, entry.Seats) = ($"{topicOf(seats)} until {end:O}", end, versions);
        }

        foreach (var account in _slots.Values.Concat(_unwanted).Select(entry => entry.Account).Distinct().ToList())
        {
            Send(account, now);
        }
    }

    private void Send(string account, DateTimeOffset now)
    {
        var (day, midnight) = (DateOnly.FromDateTime(now.UtcDateTime), new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1));
        while (now.TimeOfDay >= TimeSpan.FromSeconds(2) && midnight - now >= TimeSpan.FromSeconds(20))
        {
            var open = Open(account, now, midnight);
            var left = ADay - _used.GetValueOrDefault((account, day));
            var isScarce = left < open.Count || left < Reserve;
            var next = open.Where(request => request.Class <= 2 || !isScarce).OrderBy(request => request.Class)
                .ThenBy(request => request.Entry.Start).ThenBy(request => request.Kind).FirstOrDefault();
            if (next is null || left == 0)
            {
                return;
            }

            _used[(account, day)] = ADay - left + 1;
            (_sent.TryGetValue(account, out var sent) ? sent : _sent[account] = []).Add(next.Kind);
            if (!_unwanted.Remove(next.Entry))
            {
                (next.Entry.InZoom, next.Entry.FirstChange, next.Entry.LastChange) = (next.Entry.Content, null, null);
            }
        }
    }

    private List<Request> Open(string account, DateTimeOffset now, DateTimeOffset midnight)
    {
        var open = _unwanted.Where(entry => entry.End > now).Select(entry => new Request(RequestKind.Delete, entry, 4)).ToList();
        foreach (var entry in _slots.Values.Where(entry => entry.End > now))
        {
            if (entry.InZoom is null)
            {
                open.Add(new Request(RequestKind.Create, entry, entry.Start < midnight ? 1 : 2));
            }
            else if (entry is { FirstChange: { } first, LastChange: { } last }
                && (now >= last.AddSeconds(30) || now >= first.AddMinutes(5) || now >= entry.Start.AddMinutes(-15)))
            {
                if (entry.Content == entry.InZoom)
                {
                    entry.FirstChange = entry.LastChange = null;
                    continue;
                }

                open.Add(new Request(RequestKind.Update, entry, entry.Start < midnight ? 1 : 3));
            }
        }

        return [.. open.Where(request => request.Entry.Account == account)];
    }

    /// <param name="Class">1: starts before the day ends; 2: other creations; 3: other updates; 4: deletions.</param>
    private sealed record Request(RequestKind Kind, Entry Entry, int Class);

    private sealed class Entry(string account, DateTimeOffset start)
    {
        public string Account => account;

        public DateTimeOffset Start => start;

        public DateTimeOffset End { get; set; }

        public string Content { get; set; } = "";

        public string? InZoom { get; set; }

        public DateTimeOffset? FirstChange { get; set; }

        public DateTimeOffset? LastChange { get; set; }

        public IReadOnlyDictionary<AppointmentId, int> Seats { get; set; } = new Dictionary<AppointmentId, int>();
    }
}
