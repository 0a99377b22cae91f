namespace ZoomCalendar.Tests.Meetings;

/// <summary>Zoom's answers, each held back for a while by the test's clock.</summary>
internal sealed class HeldAnswers(TimeProvider clock, Func<string, TimeSpan> howLong)
{
    private readonly List<(TimeSpan HeldFor, DateTimeOffset Until)> _held = [];

    public int MostInFlight { get; private set; }

    public int Sent
    {
        get
        {
            lock (_held)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>Those whose time has come by now: counted by the clock, whatever the machine is doing.</summary>
    public int Answered => AnsweredWithin(TimeSpan.MaxValue);

    public int AnsweredWithin(TimeSpan longest)
    {
        lock (_held)
        {
            return _held.Count(held => held.HeldFor <= longest && held.Until <= clock.GetUtcNow());
        }
    }

    public void Reset()
    {
        lock (_held)
        {
            _held.Clear();
        }
    }

    private Task HoldAsync(string content, CancellationToken cancellationToken)
    {
        lock (_held)
        {
            var (now, time) = (clock.GetUtcNow(), howLong(content));
            _held.Add((time, now + time));
            MostInFlight = Math.Max(MostInFlight, _held.Count(held => held.Until > now));
            return Task.Delay(time, clock, cancellationToken);
        }
    }

    public sealed class Handler(HeldAnswers answers) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var answer = await base.SendAsync(request, cancellationToken);
            await answers.HoldAsync(content, cancellationToken);
            return answer;
        }
    }
}
