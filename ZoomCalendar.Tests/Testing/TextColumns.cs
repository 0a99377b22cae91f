using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Operations.DatabaseCopy;

namespace ZoomCalendar.Tests.Testing;

/// <summary>Looks for a text in every text column of every table.</summary>
internal static class TextColumns
{
    /// <param name="database">Where to look.</param>
    /// <param name="mark">Lower-case ASCII letters, found in whichever case.</param>
    /// <returns>The columns that contain it, such as <c>messages.Subject</c>.</returns>
    public static async Task<List<string>> WithAsync(TestDatabase database, string mark)
    {
        await using var db = database.CreateDbContext();
        await db.Database.OpenConnectionAsync();
        List<string> found = [];
        foreach (var table in CopiedTables.All)
        {
            foreach (var column in table.Columns.Where(column => column.Kind is ColumnKind.Text))
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.CommandText = $"""SELECT count(*) FROM {table.QuotedName} WHERE lower("{column.Name}") LIKE '%{mark}%'""";
                if (Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) > 0)
                {
                    found.Add($"{table.Name}.{column.Name}");
                }
            }
        }

        return found;
    }
}
