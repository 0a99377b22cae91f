using System.Text.Json.Nodes;

namespace ZoomCalendar.Sandbox.Meetings;

internal static class SandboxMeetingSettings
{
    public static JsonObject Defaults() => new()
    {
        ["host_video"] = false,
        ["participant_video"] = false,
        ["join_before_host"] = false,
        ["jbh_time"] = 0,
        ["mute_upon_entry"] = false,
        ["waiting_room"] = true,
        ["auto_recording"] = "none",
        ["alternative_hosts"] = "",
        ["email_notification"] = true,
        ["approval_type"] = 2,
        ["audio"] = "both",
        ["use_pmi"] = false,
        ["watermark"] = false,
    };

    /// <summary>A waiting room switches "join before host" off.</summary>
    public static JsonObject Merge(JsonObject settings, JsonObject given)
    {
        foreach (var (name, value) in given)
        {
            settings[name] = value?.DeepClone();
        }

        if (settings["waiting_room"]?.GetValue<bool>() == true)
        {
            settings["join_before_host"] = false;
        }

        return settings;
    }
}
