namespace ZoomCalendar.Sandbox.Admin;

internal sealed record NewUser(string Email, bool Licensed = true, bool IsAdmin = false);

/// <summary>One user, or many under <c>users</c>.</summary>
internal sealed record NewUsers(string? Email = null, bool Licensed = true, bool IsAdmin = false, IReadOnlyList<NewUser>? Users = null)
{
    public IEnumerable<NewUser> All => Email is null ? Users ?? [] : [new NewUser(Email, Licensed, IsAdmin), .. Users ?? []];
}

internal sealed record UserChange(bool? MayHost, bool? Deleted, bool? Licensed, bool? IsAdmin, IReadOnlyList<string>? WithheldScopes)
{
    public SandboxUser Apply(SandboxUser user) => user with
    {
        MayHost = MayHost ?? user.MayHost,
        Deleted = Deleted ?? user.Deleted,
        Licensed = Licensed ?? user.Licensed,
        IsAdmin = IsAdmin ?? user.IsAdmin,
        WithheldScopes = WithheldScopes ?? user.WithheldScopes,
    };
}

internal sealed record ApprovalChange(bool Approved);

internal sealed record CountChange(int Count, DateOnly? Day);

internal sealed record NewMeeting(string Topic, DateTimeOffset Start, int Minutes = 60);

internal sealed record MeetingEdit(string? Topic, DateTimeOffset? Start, string? Passcode, int? Minutes);

internal sealed record ClockChange(DateTimeOffset? Set, double ShiftSeconds = 0, bool Reset = false);

internal sealed record LimitChange(int? RequestsPerSecond);

internal sealed record WebhookChange(string? Url);

internal sealed record RawWebhook(string Body, string? Signature, long? Timestamp);
