using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// Zoom's meetings, for whoever's token is given. Knows nothing of accounts, quota or leases. Failures are results; only the
/// caller's cancellation is thrown, and then a request that was under way may have been carried out.
/// <para>Create, update and delete are sent exactly once per call: count each before calling, and give it back only for <see cref="ZoomErrorKind.NotSent"/>.
/// Reads are not counted by Zoom and are repeated once when the transport failed. Nothing follows a redirect or Zoom's <c>api_url</c>.</para>
/// </summary>
public sealed class ZoomClient
{
    private const int PageSize = 300;
    private const int MaxPages = 20;
    private const int StartUrlMaxLength = 4_000;

    private readonly ZoomHttp _http;
    private readonly ZoomLinks _links;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeout;
    private readonly string _base;

    internal ZoomClient(HttpClient http, IOptions<ZoomOptions> options, ZoomResilience resilience, TimeProvider clock, ILogger<ZoomClient> logger)
    {
        _http = new ZoomHttp(http, resilience, clock, logger);
        _links = new ZoomLinks(options.Value);
        _clock = clock;
        _timeout = options.Value.RequestTimeout;
        _base = options.Value.ApiBaseUrl.TrimEnd('/');
    }

    /// <summary>Counted. The meeting returned always has a join link; an answer without one is an unknown outcome.</summary>
    public Task<ZoomResult<ZoomMeeting>> CreateMeetingAsync(AccessToken token, MeetingRequest request, CancellationToken cancellationToken) =>
        SendAsync<ZoomMeeting>(
            Call(token, HttpMethod.Post, "/users/me/meetings", "/users/me/meetings") with { Body = MeetingBody.ForCreate(request), MediaType = "application/json" },
            (ZoomResponse reply, [MaybeNullWhen(false)] out ZoomMeeting meeting) =>
                ZoomJson.TryRead(reply.Body, body => ZoomMeeting.Read(body, _links), out meeting) && meeting.JoinUrl is not null,
            cancellationToken);

    /// <summary>Counted.</summary>
    public Task<ZoomResult<NoContent>> UpdateMeetingAsync(AccessToken token, long meetingId, MeetingRequest request, CancellationToken cancellationToken) =>
        SendAsync<NoContent>(
            Call(token, HttpMethod.Patch, "/meetings/{id}", $"/meetings/{meetingId}") with { Body = MeetingBody.ForUpdate(request), MediaType = "application/json" },
            IsDone,
            cancellationToken);

    /// <summary>Counted. Zoom sends no mail of its own about it.</summary>
    public Task<ZoomResult<NoContent>> DeleteMeetingAsync(AccessToken token, long meetingId, CancellationToken cancellationToken) =>
        SendAsync<NoContent>(Call(token, HttpMethod.Delete, "/meetings/{id}", $"/meetings/{meetingId}?schedule_for_reminder=false"), IsDone, cancellationToken);

    public Task<ZoomResult<ZoomMeeting>> GetMeetingAsync(AccessToken token, long meetingId, CancellationToken cancellationToken) =>
        SendAsync(Get(token, "/meetings/{id}", $"/meetings/{meetingId}"), Reader(body => ZoomMeeting.Read(body, _links)), cancellationToken);

    /// <summary>The host's own way in, valid for two hours: hand it to the host's browser and forget it. An address that is not Zoom's is an answer that cannot be read.</summary>
    public Task<ZoomResult<Uri>> GetStartUrlAsync(AccessToken token, long meetingId, CancellationToken cancellationToken) =>
        SendAsync(
            Get(token, "/meetings/{id}", $"/meetings/{meetingId}"),
            Reader(body => body.Link("start_url", StartUrlMaxLength) is { } link && _links.IsAllowedStartLink(link) ? link : null),
            cancellationToken);

    public Task<ZoomResult<ZoomUser>> GetMeAsync(AccessToken token, CancellationToken cancellationToken) =>
        SendAsync(Get(token, "/users/me", "/users/me"), Reader(ZoomUser.Read), cancellationToken);

    /// <summary>All pages, within the time of one request: a page that fails fails the whole, for half a list could hide a marker.</summary>
    public async Task<ZoomResult<UpcomingMeetings>> ListUpcomingMeetingsAsync(AccessToken token, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);

        try
        {
            return await ListAllPagesAsync(token, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ZoomResult<UpcomingMeetings>.Failed(new ZoomError(ZoomErrorKind.OutcomeUnknown) { Message = "No complete answer in time." });
        }
    }

    private async Task<ZoomResult<UpcomingMeetings>> ListAllPagesAsync(AccessToken token, CancellationToken cancellationToken)
    {
        var meetings = new List<ZoomMeeting>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { "" };
        var next = "";

        for (var page = 1; ; page++)
        {
            var result = await SendAsync(
                Get(token, "/users/me/meetings", $"/users/me/meetings?type=upcoming&page_size={PageSize}&next_page_token={Uri.EscapeDataString(next)}"),
                Reader(body => MeetingPage.Read(body, _links)),
                cancellationToken);

            if (result is not ZoomResult<MeetingPage>.Ok ok)
            {
                return new ZoomResult<UpcomingMeetings>.Failed(((ZoomResult<MeetingPage>.Failed)result).Error);
            }

            meetings.AddRange(ok.Value.Meetings);
            next = ok.Value.NextPageToken;

            // A token that comes again would lead round in a circle.
            if (next.Length == 0 || page == MaxPages || !seen.Add(next))
            {
                return new ZoomResult<UpcomingMeetings>.Ok(new UpcomingMeetings(meetings, IsComplete: next.Length == 0), ok.Date);
            }
        }
    }

    private static ZoomReader<T> Reader<T>(Func<JsonElement, T?> read)
        where T : class =>
        (ZoomResponse reply, [MaybeNullWhen(false)] out T value) => ZoomJson.TryRead(reply.Body, read, out value);

    // 204, or any success that says nothing: a page of HTML with status 200 is somebody else's answer.
    private static bool IsDone(ZoomResponse reply, out NoContent done)
    {
        done = default;

        return reply.Body.IsEmpty;
    }

    private Task<ZoomResult<T>> SendAsync<T>(ZoomCall call, ZoomReader<T> read, CancellationToken cancellationToken) =>
        _http.SendAsync(call, read, ZoomErrors.Classify, cancellationToken);

    private ZoomCall Get(AccessToken token, string template, string path) => Call(token, HttpMethod.Get, template, path);

    private ZoomCall Call(AccessToken token, HttpMethod method, string template, string path) =>
        new(method, template, new Uri(_base + path), new AuthenticationHeaderValue("Bearer", token.Value));
}
