using ZoomCalendar.Core.Operations.DatabaseCopy;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Storage.Moving;

public sealed class DatabaseAddressTests
{
    [Theory]
    [InlineData("Data Source=my.db", DatabaseProvider.Sqlite, "Data Source=/data/my.db")]
    [InlineData("DataSource=/else/my.db;Cache=Private", DatabaseProvider.Sqlite, "Data Source=/else/my.db;Cache=Private")]
    [InlineData("sqlite:my.db", DatabaseProvider.Sqlite, "Data Source=/data/my.db")]
    [InlineData("SQLite:Data Source=my.db", DatabaseProvider.Sqlite, "Data Source=/data/my.db")]
    [InlineData("Host=db;Database=zc;Username=zc", DatabaseProvider.PostgreSql, "Host=db;Database=zc;Username=zc")]
    [InlineData("Server=db;Database=zc", DatabaseProvider.PostgreSql, "Host=db;Database=zc")]
    [InlineData("postgres:Host=db;Database=zc", DatabaseProvider.PostgreSql, "Host=db;Database=zc")]
    [InlineData(
        "postgresql://zc:p%40ss@db:5433/zc", DatabaseProvider.PostgreSql, "Host=db;Database=zc;Port=5433;Username=zc;Password=p@ss")]
    public void A_database_is_known_by_its_string_or_its_prefix(string text, DatabaseProvider provider, string connectionString)
    {
        var database = DatabaseAddress.Parse(text, file => Path.Combine("/data", file));

        database.Should().Be(new DatabaseOptions { Provider = provider, ConnectionString = connectionString });
    }

    [Theory]
    [InlineData("")]
    [InlineData("my.db")]
    [InlineData("mysql://db/zc")]
    [InlineData("sqlite:")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Colour=blue")]
    [InlineData("Host=db")]
    [InlineData("Host=db;Database=zc;Port=many")]
    public void An_address_that_names_no_database_is_refused_with_a_sentence(string text)
    {
        var parse = () => DatabaseAddress.Parse(text, file => file);

        parse.Should().Throw<DatabaseMoveException>().WithMessage("*postgresql://USER:PASSWORD@HOST/DATABASE.").Which.Failure.Should()
            .Be(DatabaseMoveFailure.Address);
    }

    [Fact]
    public void The_password_is_never_shown()
    {
        var database = DatabaseAddress.Parse("postgresql://zc:secret@db:5433/zc", file => file);

        DatabaseAddress.Name(database).Should().Be("the PostgreSQL database zc on db:5433");
    }
}
