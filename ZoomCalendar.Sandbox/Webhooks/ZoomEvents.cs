using System.Text.Json.Nodes;
using ZoomCalendar.Sandbox.State;

namespace ZoomCalendar.Sandbox.Webhooks;

/// <summary>The three subscribed events, in Zoom's format.</summary>
internal sealed class ZoomEvents(SandboxWebhookSender sender, UserDirectory users, SandboxClock clock, SandboxOptions options)
{
    private long Milliseconds => clock.Now.ToUnixTimeMilliseconds();

    public void Deauthorized(string userId)
    {
        if (users.ById(userId) is not { } user)
        {
            return;
        }

        sender.Send("app_deauthorized", Milliseconds, new JsonObject
        {
            ["account_id"] = user.AccountId,
            ["user_id"] = user.Id,
            ["signature"] = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()),
            ["deauthorization_time"] = SandboxJson.Instant(clock.Now),
            ["client_id"] = options.ClientId,
        });
    }

    public void Deleted(SandboxMeeting meeting, string operatorEmail) =>
        sender.Send("meeting.deleted", Milliseconds, new JsonObject
        {
            ["account_id"] = users.ById(meeting.HostId)?.AccountId,
            ["operator"] = operatorEmail,
            ["operator_id"] = users.ByEmail(operatorEmail)?.Id,
            ["object"] = new JsonObject
            {
                ["uuid"] = meeting.Uuid,
                ["id"] = meeting.Id,
                ["host_id"] = meeting.HostId,
                ["topic"] = meeting.Topic,
                ["type"] = meeting.Type,
                ["start_time"] = SandboxJson.Instant(meeting.StartTime),
                ["duration"] = meeting.Duration,
                ["timezone"] = meeting.Timezone,
            },
        });

    public void Updated(SandboxMeeting before, SandboxMeeting after, string operatorEmail)
    {
        var (was, isNow) = Differences(before, after);

        if (isNow.Count == 0)
        {
            return;
        }

        was.Insert(0, "id", before.Id);
        isNow.Insert(0, "id", after.Id);

        sender.Send("meeting.updated", Milliseconds, new JsonObject
        {
            ["account_id"] = users.ById(after.HostId)?.AccountId,
            ["operator"] = operatorEmail,
            ["operator_id"] = users.ByEmail(operatorEmail)?.Id,
            ["scope"] = "single",
            ["object"] = isNow,
            ["old_object"] = was,
            ["time_stamp"] = Milliseconds,
        });
    }

    private static (JsonObject Was, JsonObject IsNow) Differences(SandboxMeeting before, SandboxMeeting after)
    {
        var (was, isNow) = (Fields(before), Fields(after));

        foreach (var name in was.Select(p => p.Key).ToList())
        {
            if (JsonNode.DeepEquals(was[name], isNow[name]))
            {
                was.Remove(name);
                isNow.Remove(name);
            }
        }

        return (was, isNow);
    }

    private static JsonObject Fields(SandboxMeeting meeting) => new()
    {
        ["topic"] = meeting.Topic,
        ["type"] = meeting.Type,
        ["start_time"] = SandboxJson.Instant(meeting.StartTime),
        ["duration"] = meeting.Duration,
        ["timezone"] = meeting.Timezone,
        ["agenda"] = meeting.Agenda,
        ["password"] = meeting.Password,
        ["join_url"] = meeting.JoinUrl,
        ["settings"] = meeting.Settings.DeepClone(),
    };
}
