namespace ZoomCalendar.Sandbox.State;

/// <summary>The latest requests, in memory only. The daily counts are in the store.</summary>
internal sealed class RequestLog
{
    private const int Kept = 50_000;

    private readonly Queue<SandboxRequest> _requests = new();

    public void Add(SandboxRequest request)
    {
        lock (_requests)
        {
            _requests.Enqueue(request);

            if (_requests.Count > Kept)
            {
                _requests.Dequeue();
            }
        }
    }

    public IReadOnlyList<SandboxRequest> All()
    {
        lock (_requests)
        {
            return [.. _requests];
        }
    }

    public void Clear()
    {
        lock (_requests)
        {
            _requests.Clear();
        }
    }
}
