using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// Database constraints: busy times of one user overlap only within one slot, and no slot has more appointments than seats. The rules are
/// checked first, under locks. The constraints hold even if a rule, a lock or a query is wrong.
/// </summary>
internal sealed class BusyTimeConstraints : IHandWrittenSql
{
    // A day is 864,000,000,000 ticks. No appointment lasts longer, so the index on (user, start) finds the few rows that can overlap.
    private const string OverlapOnSqlite =
        """
        WHEN NOT NEW."DoubleBook" AND EXISTS (
            SELECT 1 FROM taken_times t
            WHERE t."UserId" = NEW."UserId" AND t."Start" > NEW."Start" - 864000000000 AND t."Start" < NEW."End" AND t."End" > NEW."Start"
                AND NOT t."DoubleBook" AND t."AppointmentId" <> NEW."AppointmentId"
                AND NOT (t."CalendarId" = NEW."CalendarId" AND t."HostId" = NEW."HostId" AND t."Start" = NEW."Start"))
        BEGIN SELECT RAISE(ABORT, 'taken_times: overlap'); END
        """;

    public IReadOnlyList<string> Sqlite { get; } =
    [
        $"""CREATE TRIGGER IF NOT EXISTS taken_times_overlap_insert BEFORE INSERT ON taken_times {OverlapOnSqlite}""",
        $"""CREATE TRIGGER IF NOT EXISTS taken_times_overlap_update BEFORE UPDATE ON taken_times {OverlapOnSqlite}""",
        """
        CREATE TRIGGER IF NOT EXISTS taken_times_seats BEFORE INSERT ON taken_times
        WHEN NEW."UserId" = NEW."HostId" AND NOT NEW."DoubleBook" AND (
            SELECT count(*) FROM taken_times t
            WHERE t."CalendarId" = NEW."CalendarId" AND t."Start" = NEW."Start" AND t."HostId" = NEW."HostId" AND t."UserId" = NEW."HostId" AND NOT t."DoubleBook")
            >= (SELECT "Rules_Seats" FROM calendars WHERE "Id" = NEW."CalendarId")
        BEGIN SELECT RAISE(ABORT, 'taken_times: no seat left'); END
        """,
    ];

    public IReadOnlyList<string> PostgreSql { get; } =
    [
        "CREATE EXTENSION IF NOT EXISTS btree_gist",
        // One expression for the slot, because separate columns would all have to differ.
        """
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'EX_taken_times_overlap' AND conrelid = 'taken_times'::regclass) THEN
                ALTER TABLE taken_times ADD CONSTRAINT "EX_taken_times_overlap" EXCLUDE USING gist (
                    "UserId" WITH =,
                    tstzrange("Start", "End") WITH &&,
                    ("CalendarId"::text || "HostId"::text || extract(epoch FROM "Start" AT TIME ZONE 'UTC')::text) WITH <>)
                WHERE (NOT "DoubleBook");
            END IF;
        END $$
        """,
        // A count is exact only if one transaction counts at a time, so an advisory lock on the slot is taken, always last.
        """
        CREATE OR REPLACE FUNCTION taken_times_seats() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM pg_advisory_xact_lock(hashtextextended(NEW."CalendarId"::text || NEW."HostId"::text || extract(epoch FROM NEW."Start")::text, 0));
            IF (SELECT count(*) FROM taken_times t
                WHERE t."CalendarId" = NEW."CalendarId" AND t."Start" = NEW."Start" AND t."HostId" = NEW."HostId" AND t."UserId" = NEW."HostId" AND NOT t."DoubleBook")
                >= (SELECT "Rules_Seats" FROM calendars WHERE "Id" = NEW."CalendarId") THEN
                RAISE EXCEPTION 'taken_times: no seat left' USING ERRCODE = 'exclusion_violation';
            END IF;
            RETURN NEW;
        END $$
        """,
        """
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'taken_times_seats' AND tgrelid = 'taken_times'::regclass) THEN
                CREATE TRIGGER taken_times_seats BEFORE INSERT ON taken_times
                    FOR EACH ROW WHEN (NEW."UserId" = NEW."HostId" AND NOT NEW."DoubleBook") EXECUTE FUNCTION taken_times_seats();
            END IF;
        END $$
        """,
    ];
}
