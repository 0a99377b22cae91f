using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>
/// Fills the column "Address", a calendar's <see cref="Calendar.Slug"/>, in rows of the version that had one address space for all
/// businesses. That version reads and writes only the column "Slug". It may run beside this one, and its calendars get their address, also
/// a changed one, by a trigger. "Slug" stays unique in the installation, because that version would show the calendar of another business
/// otherwise. This version never changes it: docs/adr/0020.
/// </summary>
internal sealed class CalendarAddressColumns : IHandWrittenSql
{
    private static readonly string Reserved = string.Join(", ", Slug.Reserved.Select(word => $"'{word}'"));

    /// <summary>The old address, or one with the end of the calendar's id if the old one is reserved or taken in the business.</summary>
    private static string AddressOf(string row) =>
        $"""
        CASE WHEN {row}."Slug" IN ({Reserved}) OR EXISTS (
            SELECT 1 FROM calendars other
            WHERE other."SubAccountId" = {row}."SubAccountId" AND other."Address" = {row}."Slug" AND other."Id" <> {row}."Id")
        THEN rtrim(substr({row}."Slug", 1, 71), '-') || '-' || lower(substr(replace(CAST({row}."Id" AS text), '-', ''), 25))
        ELSE {row}."Slug" END
        """;

    public IReadOnlyList<string> Sqlite { get; } =
    [
        $"""
        CREATE TRIGGER IF NOT EXISTS calendars_address_insert AFTER INSERT ON calendars WHEN NEW."Address" IS NULL
        BEGIN UPDATE calendars SET "Address" = {AddressOf("NEW")} WHERE "Id" = NEW."Id"; END
        """,
        $"""
        CREATE TRIGGER IF NOT EXISTS calendars_address_update AFTER UPDATE OF "Slug" ON calendars WHEN NEW."Slug" <> OLD."Slug"
        BEGIN UPDATE calendars SET "Address" = {AddressOf("NEW")} WHERE "Id" = NEW."Id"; END
        """,
        $"""UPDATE calendars SET "Address" = {AddressOf("calendars")} WHERE "Address" IS NULL""",
    ];

    public IReadOnlyList<string> PostgreSql { get; } =
    [
        $"""
        CREATE OR REPLACE FUNCTION calendars_address() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            NEW."Address" := {AddressOf("NEW")};
            RETURN NEW;
        END $$
        """,
        """
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'calendars_address_insert' AND tgrelid = 'calendars'::regclass) THEN
                CREATE TRIGGER calendars_address_insert BEFORE INSERT ON calendars
                    FOR EACH ROW WHEN (NEW."Address" IS NULL) EXECUTE FUNCTION calendars_address();
                CREATE TRIGGER calendars_address_update BEFORE UPDATE OF "Slug" ON calendars
                    FOR EACH ROW WHEN (NEW."Slug" <> OLD."Slug") EXECUTE FUNCTION calendars_address();
            END IF;
        END $$
        """,
        $"""UPDATE calendars SET "Address" = {AddressOf("calendars")} WHERE "Address" IS NULL""",
    ];
}
