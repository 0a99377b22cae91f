namespace ZoomCalendar.Core.Zoom;

/// <summary>The result of a request: either <see cref="Ok"/> or <see cref="Failed"/>.</summary>
public abstract record ZoomResult<T>
{
    private ZoomResult()
    {
    }

    /// <summary>Zoom's clock at the response (its <c>Date</c> header). Null: no response, or no usable header.</summary>
    public abstract DateTimeOffset? ServerDate { get; }

    // Values may contain tokens and links, so they are not printed.
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

/// <summary>The value of a request that returns no content.</summary>
public readonly record struct NoContent;
