using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage;

public abstract class InstantTests(DatabaseProvider provider) : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(provider);

    public Task DisposeAsync() => _database.DisposeAsync().AsTask();

    [DatabaseTheory]
    [InlineData("2026-03-02T10:00:00+05:30", "2026-03-02T04:30:00Z")]
    [InlineData("2026-03-02T10:00:00.1234567Z", "2026-03-02T10:00:00.123456Z")]
    [InlineData("2026-03-02T10:00:00.9999999Z", "2026-03-02T10:00:00.999999Z")]
    public async Task An_instant_is_kept_to_the_microsecond_in_utc_and_found_by_what_was_written(string written, string read)
    {
        var instant = DateTimeOffset.Parse(written, System.Globalization.CultureInfo.InvariantCulture);
        await _database.WriteAsync(db => db.SubAccounts.AddAsync(new SubAccount(SubAccountId.New(instant), "A", "a", instant)).AsTask());

        var found = await _database.ReadAsync(db => db.SubAccounts.AsNoTracking().SingleAsync(row => row.CreatedAt == instant));

        found.CreatedAt.Should().Be(DateTimeOffset.Parse(read, System.Globalization.CultureInfo.InvariantCulture));
        found.CreatedAt.Offset.Should().Be(TimeSpan.Zero);
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteInstantTests() : InstantTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlInstantTests() : InstantTests(DatabaseProvider.PostgreSql);
