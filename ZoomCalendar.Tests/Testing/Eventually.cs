namespace ZoomCalendar.Tests.Testing;

/// <summary>Waits for what another process does: there is nothing to await but its effect.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    public static Task HoldsAsync(Func<bool> holds, TimeSpan within, string what) =>
        HoldsAsync(() => Task.FromResult(holds()), within, what);

    public static async Task HoldsAsync(Func<Task<bool>> holds, TimeSpan within, string what)
    {
        using var patience = new CancellationTokenSource(within);
        using var timer = new PeriodicTimer(Step);
        while (!await holds())
        {
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                (await holds()).Should().BeTrue("{0} within {1}", what, within);
                return;
            }
        }
    }

    /// <summary>
    /// As <see cref="HoldsAsync(Func{Task{bool}}, TimeSpan, string)"/>; if it does not come true, the failure says what is left.
    /// </summary>
    public static async Task NothingIsLeftAsync(Func<Task<IReadOnlyList<string>>> whatIsLeft, TimeSpan within, string because)
    {
        using var patience = new CancellationTokenSource(within);
        using var timer = new PeriodicTimer(Step);
        while (!patience.IsCancellationRequested && (await whatIsLeft()).Count > 0)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        (await whatIsLeft()).Should().BeEmpty("nothing is left within {0}, {1}", within, because);
    }
}
