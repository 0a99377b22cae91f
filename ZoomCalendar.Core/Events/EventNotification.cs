using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Events;

/// <summary>A PostgreSQL trigger that notifies the other nodes of new events: docs/adr/0008.</summary>
internal sealed class EventNotification : IHandWrittenSql
{
    public IReadOnlyList<string> PostgreSql { get; } =
    [
        """
        CREATE OR REPLACE FUNCTION events_written() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM pg_notify('zoomcalendar_events', '');
            RETURN NULL;
        END $$
        """,
        """
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'events_written' AND tgrelid = 'events'::regclass) THEN
                CREATE TRIGGER events_written AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION events_written();
            END IF;
        END $$
        """,
    ];
}
