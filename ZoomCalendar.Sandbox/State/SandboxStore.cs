namespace ZoomCalendar.Sandbox.State;

/// <summary>
/// The sandbox's state. Every access is inside one lock. A change is in the journal before <see cref="Change{T}"/> returns.
/// </summary>
internal sealed class SandboxStore : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Journal.Entry> _pending = [];
    private readonly Journal? _journal;
    private int _depth;

    public SandboxStore(string? stateFile)
    {
        Users = new("user", null, _pending);
        Accounts = new("account", null, _pending);
        Meetings = new("meeting", m => m.HostId, _pending);
        Counts = new("count", c => c.User, _pending);
        Codes = new("code", c => c.UserId, _pending);
        AccessTokens = new("access", t => t.UserId, _pending);
        RefreshTokens = new("refresh", t => t.UserId, _pending);
        Clock = new("clock", null, _pending);

        if (stateFile is not null)
        {
            _journal = Journal.Open(stateFile, out var values);
            ITable[] tables = [Users, Accounts, Meetings, Counts, Codes, AccessTokens, RefreshTokens, Clock];
            var byName = tables.ToDictionary(t => t.Name);

            foreach (var (key, value) in values)
            {
                var slash = key.IndexOf('/', StringComparison.Ordinal);

                if (slash > 0 && byName.TryGetValue(key[..slash], out var table))
                {
                    table.Load(key[(slash + 1)..], value);
                }
            }
        }
    }

    /// <summary>By Zoom user id.</summary>
    public Table<SandboxUser> Users { get; }

    public Table<SandboxAccount> Accounts { get; }

    public Table<SandboxMeeting> Meetings { get; }

    public Table<SandboxCount> Counts { get; }

    public Table<SandboxAuthorizationCode> Codes { get; }

    public Table<AccessGrant> AccessTokens { get; }

    public Table<RefreshGrant> RefreshTokens { get; }

    public Table<ClockShift> Clock { get; }

    public T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    public T Change<T>(Func<T> change)
    {
        lock (_gate)
        {
            _depth++;

            try
            {
                return change();
            }
            finally
            {
                _depth--;
                Flush();
            }
        }
    }

    public void Change(Action change) =>
        Change(() =>
        {
            change();
            return true;
        });

    public void Dispose()
    {
        lock (_gate)
        {
            _journal?.Dispose();
        }
    }

    // Nested changes are one line in the journal, so they are atomic.
    private void Flush()
    {
        if (_depth == 0 && _pending.Count > 0)
        {
            _journal?.Append(_pending);
            _pending.Clear();
        }
    }
}
