using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ZoomCalendar.Sandbox.State;
using ZoomCalendar.Sandbox.Webhooks;

namespace ZoomCalendar.Sandbox.Meetings;

/// <summary>Creates, changes and deletes meetings for the API and for manual changes, and sends the webhooks that Zoom sends.</summary>
internal sealed class MeetingService(SandboxStore store, SandboxClock clock, PublicAddress address, ZoomEvents events)
{
    public SandboxMeeting Create(SandboxUser host, SandboxMeetingDraft draft, bool byHand = false) =>
        store.Change(() =>
        {
            var id = NewId();
            var start = draft.StartTime ?? clock.Now;
            var meeting = new SandboxMeeting
            {
                Id = id,
                Uuid = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)),
                HostId = host.Id,
                HostEmail = host.Email,
                Topic = draft.Topic ?? "Zoom Meeting",
                Type = draft.Type ?? 2,
                StartTime = WholeSeconds(start < clock.Now ? clock.Now : start),
                Duration = draft.Duration ?? 60,
                Timezone = draft.Timezone ?? host.Timezone,
                Agenda = draft.Agenda ?? "",
                Password = string.IsNullOrEmpty(draft.Password) ? NewPasscode() : draft.Password,
                JoinUrl = NewJoinUrl(id),
                CreatedAt = WholeSeconds(clock.Now),
                ManualChanges = byHand,
                Settings = SandboxMeetingSettings.Merge(SandboxMeetingSettings.Defaults(), draft.Settings),
            };

            store.Meetings.Put(Key(id), meeting);
            return meeting;
        });

    public SandboxMeeting? Find(long id) => store.Read(() => store.Meetings.Find(Key(id)));

    public IReadOnlyList<SandboxMeeting> Of(string hostId) =>
        store.Read<IReadOnlyList<SandboxMeeting>>(() => [.. store.Meetings.In(hostId).OrderBy(m => m.StartTime).ThenBy(m => m.Id)]);

    public IReadOnlyList<SandboxMeeting> All() =>
        store.Read<IReadOnlyList<SandboxMeeting>>(() => [.. store.Meetings.Rows.OrderBy(m => m.StartTime).ThenBy(m => m.Id)]);

    /// <summary>Null if the meeting is not there.</summary>
    public SandboxMeeting? Update(long id, SandboxMeetingDraft draft, string operatorEmail)
    {
        var (before, after) = store.Change(() =>
        {
            if (store.Meetings.Find(Key(id)) is not { } old)
            {
                return (null, null);
            }

            var changed = Changed(old, draft);
            store.Meetings.Put(Key(id), changed);
            return ((SandboxMeeting?)old, (SandboxMeeting?)changed);
        });

        if (before is not null && after is not null)
        {
            events.Updated(before, after, operatorEmail);
        }

        return after;
    }

    public bool Delete(long id, string operatorEmail)
    {
        var meeting = store.Change(() =>
        {
            var found = store.Meetings.Find(Key(id));
            store.Meetings.Remove(Key(id));
            return found;
        });

        if (meeting is null)
        {
            return false;
        }

        events.Deleted(meeting, operatorEmail);
        return true;
    }

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset WholeSeconds(DateTimeOffset instant) =>
        new(instant.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    private static string NewPasscode() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789", 6);

    private SandboxMeeting Changed(SandboxMeeting old, SandboxMeetingDraft draft)
    {
        var newPasscode = !string.IsNullOrEmpty(draft.Password) && draft.Password != old.Password;

        return old with
        {
            Topic = draft.Topic ?? old.Topic,
            Type = draft.Type ?? old.Type,
            StartTime = draft.StartTime is { } start && start >= clock.Now ? start : old.StartTime,
            Duration = draft.Duration ?? old.Duration,
            Timezone = draft.Timezone ?? old.Timezone,
            Agenda = draft.Agenda ?? old.Agenda,
            Password = newPasscode ? draft.Password! : old.Password,
            JoinUrl = newPasscode ? NewJoinUrl(old.Id) : old.JoinUrl,
            Settings = SandboxMeetingSettings.Merge((JsonObject)old.Settings.DeepClone(), draft.Settings),
        };
    }

    // 11 digits: more than an Int32 holds.
    private long NewId()
    {
        while (true)
        {
            var id = 80_000_000_000 + (long)RandomNumberGenerator.GetInt32(int.MaxValue) * 4;

            if (store.Meetings.Find(Key(id)) is null)
            {
                return id;
            }
        }
    }

    private string NewJoinUrl(long id) => $"{address.Base}j/{id}?pwd={Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24))}.1";
}
