using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Nodes;

/// <summary>Migrations after the first release may add; the version before keeps working beside them.</summary>
public sealed class RollingUpgradeTests
{
    /// <summary>Migrations that take away what no version since the one named has used: "20270301_DropOldColumn, since 1.4".</summary>
    private static readonly string[] Contractions = [];

    public static TheoryData<MigrationOperation, bool> Samples => new()
    {
        { new CreateTableOperation { Name = "moods" }, true },
        { new AddColumnOperation { Table = "users", Name = "Mood", IsNullable = true }, true },
        { new AddColumnOperation { Table = "users", Name = "Mood", DefaultValue = "" }, true },
        { new CreateIndexOperation { Table = "users", Name = "IX_mood", Columns = ["Mood"] }, true },
        { new AddColumnOperation { Table = "users", Name = "Mood" }, false },
        { new DropColumnOperation { Table = "users", Name = "Name" }, false },
        { new RenameColumnOperation { Table = "users", Name = "Name", NewName = "FullName" }, false },
        { new DropTableOperation { Name = "users" }, false },
        { new DropIndexOperation { Table = "users", Name = "IX_mood" }, false },
        { new CreateIndexOperation { Table = "users", Name = "IX_mood", Columns = ["Mood"], IsUnique = true }, false },
        { new AlterColumnOperation
        {
            Table = "users",
            Name = "Name",
            ClrType = typeof(string),
            OldColumn = new AddColumnOperation { ClrType = typeof(string), IsNullable = true },
        }, false },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Compatible_and_incompatible_migrations_are_told_apart(MigrationOperation operation, bool isAllowed) =>
        (ExpandOnly.Breaks([operation]).Count == 0).Should().Be(isAllowed);

    [Fact]
    public void A_unique_index_is_compatible_only_over_a_column_that_the_previous_version_leaves_empty()
    {
        var column = new AddColumnOperation { Table = "users", Name = "Mood", IsNullable = true };
        var filled = new AddColumnOperation { Table = "users", Name = "Mood", DefaultValue = "" };
        var index = new CreateIndexOperation { Table = "users", Name = "IX_mood", Columns = ["TeamId", "Mood"], IsUnique = true };

        ExpandOnly.Breaks([column, index]).Should().BeEmpty();
        ExpandOnly.Breaks([filled, index]).Should().Equal("adds the unique index IX_mood");
        ExpandOnly.Breaks([index]).Should().Equal("adds the unique index IX_mood");
    }

    [Fact]
    public void Every_migration_but_the_first_only_expands()
    {
        var broken = typeof(DatabaseMigrator).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Migration)))
            .GroupBy(type => type.GetCustomAttribute<DbContextAttribute>()!.ContextType)
            .SelectMany(provider => provider.OrderBy(IdOf).Skip(1))
            .Where(type => !Contractions.Any(known => known.StartsWith(IdOf(type) + ",", StringComparison.Ordinal)))
            .SelectMany(
                type => ExpandOnly.Breaks(((Migration)Activator.CreateInstance(type)!).UpOperations).Select(why => $"{IdOf(type)} {why}"));

        broken.Should().BeEmpty();
    }

    private static string IdOf(Type migration) => migration.GetCustomAttribute<MigrationAttribute>()!.Id;
}
