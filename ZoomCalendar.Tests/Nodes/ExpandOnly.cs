using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace ZoomCalendar.Tests.Nodes;

/// <summary>Schema changes that the previous version does not tolerate: see docs/adr/0010.</summary>
internal static class ExpandOnly
{
    public static IReadOnlyList<string> Breaks(IEnumerable<MigrationOperation> operations)
    {
        var all = operations.ToList();
        var newTables = all.OfType<CreateTableOperation>().Select(table => table.Name).ToHashSet();
        // The version before leaves such a column empty, and empty values are all different.
        var leftEmpty = all.OfType<AddColumnOperation>()
            .Where(add => add is { IsNullable: true, DefaultValue: null, DefaultValueSql: null })
            .Select(add => (add.Table, add.Name)).ToHashSet();
        return
        [
            .. all
                .Where(operation => operation is not CreateIndexOperation index
                    || !index.Columns.Any(column => leftEmpty.Contains((index.Table, column))))
                .Select(operation => Why(operation, newTables)).OfType<string>(),
        ];
    }

    private static string? Why(MigrationOperation operation, IReadOnlySet<string> newTables) => operation switch
    {
        DropTableOperation drop => $"drops the table {drop.Name}",
        RenameTableOperation rename => $"renames the table {rename.Name}",
        DropColumnOperation drop => $"drops the column {drop.Table}.{drop.Name}",
        RenameColumnOperation rename => $"renames the column {rename.Table}.{rename.Name}",
        AddColumnOperation { IsNullable: false, DefaultValue: null, DefaultValueSql: null } add when !newTables.Contains(add.Table) =>
            $"adds the column {add.Table}.{add.Name}, which the version before would leave empty",
        AlterColumnOperation { IsNullable: false, OldColumn.IsNullable: true } alter =>
            $"makes the column {alter.Table}.{alter.Name} required",
        AlterColumnOperation alter when alter.ClrType != alter.OldColumn.ClrType => $"changes the type of {alter.Table}.{alter.Name}",
        AlterColumnOperation { MaxLength: { } now, OldColumn.MaxLength: var then } alter when then is null || now < then =>
            $"shortens {alter.Table}.{alter.Name}",
        DropIndexOperation drop => $"drops the index {drop.Name}, on which the version before may rely",
        CreateIndexOperation { IsUnique: true } index when !newTables.Contains(index.Table) => $"adds the unique index {index.Name}",
        AddUniqueConstraintOperation unique when !newTables.Contains(unique.Table) => $"adds the unique constraint {unique.Name}",
        AddCheckConstraintOperation check when !newTables.Contains(check.Table) => $"adds the check {check.Name}",
        AddForeignKeyOperation foreign when !newTables.Contains(foreign.Table) => $"adds the foreign key {foreign.Name}",
        _ => null,
    };
}
