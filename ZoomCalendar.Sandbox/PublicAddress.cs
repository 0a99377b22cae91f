namespace ZoomCalendar.Sandbox;

/// <summary>The sandbox's address. Known once it listens.</summary>
internal sealed class PublicAddress
{
    private Uri? _base;

    public Uri Base
    {
        get => _base ?? throw new InvalidOperationException("The sandbox is not listening yet.");
        set => _base = value;
    }
}
