namespace ZoomCalendar.Sandbox.Faults;

/// <summary>The active faults. In memory: a restart clears them.</summary>
internal sealed class FaultSwitches
{
    private static readonly SandboxFault[] Mixture =
    [
        new() { Status = 500 },
        new() { Status = 503 },
        new() { Mode = FaultMode.CutBefore },
        new() { Mode = FaultMode.CutAfter },
        new() { Mode = FaultMode.Malformed },
        new() { Mode = FaultMode.WrongTyped },
        new() { Mode = FaultMode.RateLimit, Limit = LimitKind.PerSecond },
        new() { Mode = FaultMode.Delay },
    ];

    private readonly List<SandboxFault> _faults = [];
    private RandomFaults? _standing;
    private Random _random = new(0);

    public IReadOnlyList<SandboxFault> Waiting
    {
        get
        {
            lock (_faults)
            {
                return [.. _faults];
            }
        }
    }

    public void Add(SandboxFault fault)
    {
        lock (_faults)
        {
            _faults.Add(fault);
        }
    }

    public void SetRandom(RandomFaults? standing)
    {
        lock (_faults)
        {
            _standing = standing;
            _random = new Random(standing?.Seed ?? 0);
        }
    }

    public void Clear()
    {
        lock (_faults)
        {
            _faults.Clear();
            _standing = null;
        }
    }

    public SandboxFault? Take(RequestKind kind, string? user)
    {
        lock (_faults)
        {
            var index = _faults.FindIndex(f => (f.Kind ?? kind) == kind
                && (f.User is null || f.User.Equals(user, StringComparison.OrdinalIgnoreCase)));

            if (index < 0)
            {
                return ByChance(kind);
            }

            var fault = _faults[index];

            if (fault.Times > 1)
            {
                _faults[index] = fault with { Times = fault.Times - 1 };
            }
            else
            {
                _faults.RemoveAt(index);
            }

            return fault;
        }
    }

    private SandboxFault? ByChance(RequestKind kind)
    {
        if (_standing is null || _standing.Kinds?.Contains(kind) == false || _random.NextDouble() >= _standing.Probability)
        {
            return null;
        }

        var faults = _standing.Faults ?? Mixture;
        return faults[_random.Next(faults.Count)];
    }
}
