using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ZoomCalendar.Core.Storage;

/// <summary>Transactions that write. Each room adds the row locks that its own use cases need.</summary>
public static class WriteTransactions
{
    /// <summary>A transaction that may write from its first statement on; on SQLite it waits up to 30 s for other writers.</summary>
    public static Task<IDbContextTransaction> BeginWriteAsync(this ZoomCalendarContext db, CancellationToken cancellationToken) =>
        db.Database.IsSqlite()
            ? WriteGate.PassAsync(db.Database.GetDbConnection().DataSource, db.Database.BeginTransactionAsync, cancellationToken)
            : db.Database.BeginTransactionAsync(cancellationToken);
}
