using ZoomCalendar.Sandbox.Api;
using ZoomCalendar.Sandbox.Faults;
using ZoomCalendar.Sandbox.Meetings;
using ZoomCalendar.Sandbox.OAuth;
using ZoomCalendar.Sandbox.State;
using ZoomCalendar.Sandbox.Webhooks;

namespace ZoomCalendar.Sandbox;

/// <summary>Reads and controls the sandbox from code. The endpoints under /sandbox do the same over HTTP.</summary>
public sealed class SandboxControl
{
    private readonly UserDirectory _users;
    private readonly TokenStore _vault;
    private readonly MeetingService _desk;
    private readonly RateLimits _limits;
    private readonly RequestLog _log;
    private readonly FaultSwitches _faults;
    private readonly SandboxClock _clock;
    private readonly SandboxWebhookSender _webhooks;
    private readonly ZoomEvents _events;

    internal SandboxControl(IServiceProvider services)
    {
        _users = services.GetRequiredService<UserDirectory>();
        _vault = services.GetRequiredService<TokenStore>();
        _desk = services.GetRequiredService<MeetingService>();
        _limits = services.GetRequiredService<RateLimits>();
        _log = services.GetRequiredService<RequestLog>();
        _faults = services.GetRequiredService<FaultSwitches>();
        _clock = services.GetRequiredService<SandboxClock>();
        _webhooks = services.GetRequiredService<SandboxWebhookSender>();
        _events = services.GetRequiredService<ZoomEvents>();
    }

    public DateTimeOffset Now => _clock.Now;

    public IReadOnlyList<SandboxUser> Users => _users.All();

    /// <summary>The meetings of all users, by start time.</summary>
    public IReadOnlyList<SandboxMeeting> Meetings => _desk.All();

    /// <summary>The counts of all days, including refused requests beyond the limit.</summary>
    public IReadOnlyList<SandboxCount> Counts => _limits.All();

    /// <summary>The requests since the start, oldest first (the last 50,000).</summary>
    public IReadOnlyList<SandboxRequest> Requests => _log.All();

    public IReadOnlyList<SandboxFault> WaitingFaults => _faults.Waiting;

    public IReadOnlyList<SandboxWebhook> Webhooks => _webhooks.Sent;

    public string? WebhookUrl
    {
        get => _webhooks.Url;
        set => _webhooks.Url = value;
    }

    /// <summary>Requests per second and Zoom account. Null: no limit.</summary>
    public int? RequestsPerSecond
    {
        get => _limits.PerSecond;
        set => _limits.PerSecond = value;
    }

    public SandboxUser User(string email) => _users.Get(email);

    public SandboxUser AddUser(string email, bool licensed = true, bool isAdmin = false) =>
        _users.AddIfNew(SandboxUser.Create(email, licensed, isAdmin));

    /// <summary>For instance <c>user => user with { MayHost = false }</c>, or withheld scopes, or deleted.</summary>
    public SandboxUser ChangeUser(string email, Func<SandboxUser, SandboxUser> change) => _users.Change(email, change);

    public IReadOnlyList<SandboxMeeting> MeetingsOf(string email) => _desk.Of(User(email).Id);

    public int CountToday(string email) => CountOn(email, _clock.Today);

    public int CountOn(string email, DateOnly day) => _limits.Of(User(email), day);

    public void SetCount(string email, int count, DateOnly? day = null) => _limits.Set(User(email), day ?? _clock.Today, count);

    public void ClearRequests() => _log.Clear();

    /// <summary>Creates tokens without the pages, as if the user had allowed the app.</summary>
    public SandboxTokens IssueTokens(string email) => _vault.Issue(User(email));

    public bool IsConnected(string email) => _vault.IsConnected(User(email));

    public void ExpireAccessTokens(string email) => _vault.ExpireAccessTokens(User(email).Id);

    /// <summary>The next refresh of this user is answered with invalid_grant.</summary>
    public void InvalidateRefreshTokens(string email) => _vault.ForgetRefreshTokens(User(email).Id);

    /// <summary>The user removes the app in Zoom's Marketplace: tokens end, and app_deauthorized is sent.</summary>
    public void Uninstall(string email)
    {
        var user = User(email);
        _vault.Uninstall(user.Id);
        _events.Deauthorized(user.Id);
    }

    public bool IsApproved(string email) => _users.AccountOf(User(email)).Approved;

    /// <summary>The users of the Zoom account whose pre-approval requests are pending.</summary>
    public IReadOnlyList<string> ApprovalRequests(string email) => _users.AccountOf(User(email)).RequestedBy;

    /// <summary>For the whole Zoom account that the user belongs to.</summary>
    public void SetApproval(string email, bool approved) => _users.SetApproval(User(email), approved);

    public void Fail(SandboxFault fault) => _faults.Add(fault);

    /// <summary>Null ends random faults.</summary>
    public void SetRandomFaults(RandomFaults? standing) => _faults.SetRandom(standing);

    public void ClearFaults() => _faults.Clear();

    /// <summary>Sets the clock. It continues from this instant.</summary>
    public void SetClock(DateTimeOffset instant) => _clock.Set(instant);

    public void ShiftClock(TimeSpan by) => _clock.Offset += by;

    public void ResetClock() => _clock.Offset = TimeSpan.Zero;

    /// <summary>Creates a meeting as the host would in Zoom. It is not counted.</summary>
    public SandboxMeeting CreateByHand(string email, string topic, DateTimeOffset start, int minutes = 60) =>
        _desk.Create(User(email), new SandboxMeetingDraft { Topic = topic, StartTime = start, Duration = minutes }, byHand: true);

    /// <summary>Changes a meeting as the host would in Zoom. Null leaves a field unchanged. False: no such meeting.</summary>
    public bool EditByHand(long id, string? topic = null, DateTimeOffset? start = null, string? passcode = null, int? minutes = null) =>
        _desk.Find(id) is { } meeting
        && _desk.Update(id, new SandboxMeetingDraft
        {
            Topic = topic,
            StartTime = start,
            Password = passcode,
            Duration = minutes,
        }, meeting.HostEmail) is not null;

    public bool DeleteByHand(long id) => _desk.Find(id) is { } meeting && _desk.Delete(id, meeting.HostEmail);

    /// <summary>Sends endpoint.url_validation. False if the answer is wrong or missing.</summary>
    public Task<bool> ValidateWebhookUrlAsync(CancellationToken cancellationToken = default) => _webhooks.ValidateAsync(cancellationToken);

    /// <summary>
    /// Posts any body to the webhook address, once, and returns the status; a signature or timestamp (seconds) given replaces the right
    /// one.
    /// </summary>
    public Task<int> PostWebhookAsync(
        string body, string? signature = null, long? timestamp = null, CancellationToken cancellationToken = default) =>
        _webhooks.PostAsync(body, signature, timestamp, cancellationToken);
}
