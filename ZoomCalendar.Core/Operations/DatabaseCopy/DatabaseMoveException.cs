namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>Why a copy was not made; each has an exit code of its own.</summary>
public enum DatabaseMoveFailure
{
    /// <summary>The words given make no sense: an unknown provider, a bad connection string, a file that is not there.</summary>
    Address,

    /// <summary>A server or file that does not answer, or does not let us in.</summary>
    Unreachable,

    /// <summary>Somebody works on the database.</summary>
    InUse,

    /// <summary>The source is no installation of this version, or was moved already.</summary>
    WrongSource,

    /// <summary>The target holds something, and not the half of this copy.</summary>
    NotEmpty,

    /// <summary>The copy is not what the source is.</summary>
    Different,
}

/// <summary>A sentence for who runs the command, free of passwords.</summary>
public sealed class DatabaseMoveException(DatabaseMoveFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public DatabaseMoveFailure Failure { get; } = failure;
}
