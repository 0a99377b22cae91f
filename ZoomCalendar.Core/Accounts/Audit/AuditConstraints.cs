using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts.Audit;

/// <summary>
/// The audit log is append-only: the database refuses to change an entry, and to delete one before its time. This protects the log against
/// the app and its faults, not against the owner of the database.
/// </summary>
internal sealed class AuditConstraints : IHandWrittenSql
{
    public const int RetentionDays = 365;

    private const string IsDeletedTooEarly = "audit_log: an entry is deleted after its retention only";
    private const string IsChanged = "audit_log: an entry is never changed";

    public IReadOnlyList<string> Sqlite { get; } =
    [
        $"""
        CREATE TRIGGER IF NOT EXISTS audit_log_update BEFORE UPDATE ON audit_log
        BEGIN SELECT RAISE(ABORT, '{IsChanged}'); END
        """,
        // An instant is stored as ticks of 100 ns since the year 1.
        $"""
        CREATE TRIGGER IF NOT EXISTS audit_log_delete BEFORE DELETE ON audit_log
        WHEN OLD."At" > (CAST(strftime('%s', 'now') AS INTEGER) - {RetentionDays} * 86400) * 10000000 + 621355968000000000
        BEGIN SELECT RAISE(ABORT, '{IsDeletedTooEarly}'); END
        """,
        // INSERT OR REPLACE would delete the former row without its trigger.
        $"""
        CREATE TRIGGER IF NOT EXISTS audit_log_replace BEFORE INSERT ON audit_log
        WHEN EXISTS (SELECT 1 FROM audit_log WHERE "Id" = NEW."Id")
        BEGIN SELECT RAISE(ABORT, '{IsChanged}'); END
        """,
    ];

    public IReadOnlyList<string> PostgreSql { get; } =
    [
        $"""
        CREATE OR REPLACE FUNCTION audit_log_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP = 'DELETE' THEN
                IF OLD."At" <= now() - interval '{RetentionDays} days' THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION '{IsDeletedTooEarly}';
            END IF;
            RAISE EXCEPTION '{IsChanged}';
        END $$
        """,
        Trigger("audit_log_kept", "BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW"),
        Trigger("audit_log_truncated", "BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT"),
    ];

    private static string Trigger(string name, string when) =>
        $"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = '{name}' AND tgrelid = 'audit_log'::regclass) THEN
                CREATE TRIGGER {name} {when} EXECUTE FUNCTION audit_log_kept();
            END IF;
        END $$
        """;
}
