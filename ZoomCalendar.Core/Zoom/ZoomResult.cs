namespace ZoomCalendar.Core.Zoom;

/// <summary>What came of a request: <see cref="Ok"/> or <see cref="Failed"/>, and nothing else.</summary>
public abstract record ZoomResult<T>
{
    private ZoomResult()
    {
    }

    /// <summary>Zoom's clock when it answered (its <c>Date</c> header), to correct ours by; null if it did not answer.</summary>
    public abstract DateTimeOffset? ServerDate { get; }

    // Values may hold tokens and links, so neither case prints what it carries.
    public sealed override string ToString() => this is Failed failed ? failed.Error.ToString() : "Ok";

    public sealed record Ok(T Value, DateTimeOffset? Date) : ZoomResult<T>
    {
        public override DateTimeOffset? ServerDate => Date;
    }

    public sealed record Failed(ZoomError Error) : ZoomResult<T>
    {
        public override DateTimeOffset? ServerDate => Error.ServerDate;
    }
}

/// <summary>The value of a request that returns none.</summary>
public readonly record struct NoContent;
