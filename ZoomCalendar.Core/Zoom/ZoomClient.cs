using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// The client of Zoom's meeting API. It has no knowledge of accounts, quota or leases. Failures are results; only the caller's cancellation
/// throws, and then a request in flight may have been executed. Thread-safe. <para>Create, update and delete are sent exactly once per
/// call. Count each before the call, and return it to the quota only for <see cref="ZoomErrorKind.NotSent"/>. Zoom does not count reads;
/// they are retried once after a transport error. Redirects and Zoom's <c>api_url</c> are not followed.</para>
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

    internal ZoomClient(
        HttpClient http, IOptions<ZoomOptions> options, ZoomResilience resilience, TimeProvider clock, ILogger<ZoomClient> logger)
    {
        _http = new ZoomHttp(http, resilience, clock, logger);
        _links = new ZoomLinks(options.Value);
        _clock = clock;
        _timeout = options.Value.RequestTimeout;
        _base = options.Value.ApiBaseUrl.TrimEnd('/');
    }

    /// <summary>
    /// Creates a meeting. Counts against the quota. The returned meeting always has a join link; a response without one is an unknown
    /// outcome.
    /// </summary>
    public Task<ZoomResult<ZoomMeeting>> CreateMeetingAsync(
        AccessToken token, MeetingRequest request, CancellationToken cancellationToken) =>
        SendAsync<ZoomMeeting>(
            Call(
                token,
                HttpMethod.Post,
                "/users/me/meetings",
                "/users/me/meetings") with
            { Body = MeetingBody.ForCreate(request), MediaType = "application/json" },
            (ZoomResponse response, [MaybeNullWhen(false)] out ZoomMeeting meeting) =>
                ZoomJson.TryRead(response.Body, body => ZoomMeeting.Read(body, _links), out meeting) && meeting.JoinUrl is not null,
            cancellationToken);

    /// <summary>Counted.</summary>
    public Task<ZoomResult<NoContent>> UpdateMeetingAsync(
        AccessToken token, long meetingId, MeetingRequest request, CancellationToken cancellationToken) =>
        SendAsync<NoContent>(
            Call(
                token,
                HttpMethod.Patch,
                "/meetings/{id}",
                $"/meetings/{meetingId}") with
            { Body = MeetingBody.ForUpdate(request), MediaType = "application/json" },
            IsDone,
            cancellationToken);

    /// <summary>Deletes a meeting. Counts against the quota. Zoom sends no mail about it.</summary>
    public Task<ZoomResult<NoContent>> DeleteMeetingAsync(AccessToken token, long meetingId, CancellationToken cancellationToken) =>
        SendAsync<NoContent>(
            Call(token, HttpMethod.Delete, "/meetings/{id}", $"/meetings/{meetingId}?schedule_for_reminder=false"),
            IsDone,
            cancellationToken);

    /// <summary>Reads a meeting.</summary>
    public Task<ZoomResult<ZoomMeeting>> GetMeetingAsync(AccessToken token, long meetingId, CancellationToken cancellationToken) =>
        SendAsync(
            Get(token, "/meetings/{id}", $"/meetings/{meetingId}"), Reader(body => ZoomMeeting.Read(body, _links)), cancellationToken);

    /// <summary>
    /// Reads the host's start link, which is a credential and valid for two hours. Pass it to the host's browser and do not store it. A
    /// link to another host than Zoom's is an unreadable response.
    /// </summary>
    public Task<ZoomResult<Uri>> GetStartUrlAsync(AccessToken token, long meetingId, CancellationToken cancellationToken) =>
        SendAsync(
            Get(token, "/meetings/{id}", $"/meetings/{meetingId}"),
            Reader(body => body.Link("start_url", StartUrlMaxLength) is { } link && _links.IsAllowedStartLink(link) ? link : null),
            cancellationToken);

    /// <summary>Reads the Zoom user of the token.</summary>
    public Task<ZoomResult<ZoomUser>> GetMeAsync(AccessToken token, CancellationToken cancellationToken) =>
        SendAsync(Get(token, "/users/me", "/users/me"), Reader(ZoomUser.Read), cancellationToken);

    /// <summary>
    /// Reads all pages within the time-out of one request. If one page fails, the call fails, because an incomplete list could miss a
    /// marker.
    /// </summary>
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
            return new ZoomResult<UpcomingMeetings>.Failed(
                new ZoomError(ZoomErrorKind.OutcomeUnknown) { Message = "No complete answer in time." });
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
                Get(
                    token,
                    "/users/me/meetings",
                    $"/users/me/meetings?type=upcoming&page_size={PageSize}&next_page_token={Uri.EscapeDataString(next)}"),
                Reader(body => MeetingPage.Read(body, _links)),
                cancellationToken);

            if (result is not ZoomResult<MeetingPage>.Ok ok)
            {
                return new ZoomResult<UpcomingMeetings>.Failed(((ZoomResult<MeetingPage>.Failed)result).Error);
            }

            meetings.AddRange(ok.Value.Meetings);
            next = ok.Value.NextPageToken;

            // A repeated page token would cause an endless loop.
            if (next.Length == 0 || page == MaxPages || !seen.Add(next))
            {
                return new ZoomResult<UpcomingMeetings>.Ok(new UpcomingMeetings(meetings, IsComplete: next.Length == 0), ok.Date);
            }
        }
    }

    private static ZoomReader<T> Reader<T>(Func<JsonElement, T?> read)
        where T : class =>
        (ZoomResponse response, [MaybeNullWhen(false)] out T value) => ZoomJson.TryRead(response.Body, read, out value);

    // 204, or any success without a body. An HTML page with status 200 does not come from the API.
    private static bool IsDone(ZoomResponse response, out NoContent done)
    {
        done = default;

        return response.Body.IsEmpty;
    }

    private Task<ZoomResult<T>> SendAsync<T>(ZoomCall call, ZoomReader<T> read, CancellationToken cancellationToken) =>
        _http.SendAsync(call, read, ZoomErrors.Classify, cancellationToken);

    private ZoomCall Get(AccessToken token, string template, string path) => Call(token, HttpMethod.Get, template, path);

    private ZoomCall Call(AccessToken token, HttpMethod method, string template, string path) =>
        new(method, template, new Uri(_base + path), new AuthenticationHeaderValue("Bearer", token.Value));
}
