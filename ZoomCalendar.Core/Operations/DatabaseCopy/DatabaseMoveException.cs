namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>Why a copy failed. Each value has its own exit code.</summary>
public enum DatabaseMoveFailure
{
    /// <summary>The arguments are invalid: an unknown provider, a bad connection string, or a missing file.</summary>
    Address,

    /// <summary>The server or file cannot be reached, or access is denied.</summary>
    Unreachable,

    /// <summary>The database is in use.</summary>
    InUse,

    /// <summary>The source is not an installation of this version, or it was already moved.</summary>
    WrongSource,

    /// <summary>The target is not empty, and not an unfinished copy of this source.</summary>
    NotEmpty,

    /// <summary>The copy differs from the source.</summary>
    Different,
}

/// <summary>A copy failed. The message is a sentence for the operator and contains no passwords.</summary>
public sealed class DatabaseMoveException(DatabaseMoveFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public DatabaseMoveFailure Failure { get; } = failure;
}
