using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Storage;

public sealed class ModelTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public void The_migrations_match_the_model(DatabaseProvider provider)
    {
        using ZoomCalendarContext db = provider is DatabaseProvider.Sqlite
            ? new SqliteContext(new DbContextOptionsBuilder<SqliteContext>().UseSqlite("Data Source=unused.db").Options)
            : new PostgreSqlContext(new DbContextOptionsBuilder<PostgreSqlContext>().UseNpgsql("Host=unused").Options);

        db.Database.HasPendingModelChanges().Should().BeFalse();
    }
}
