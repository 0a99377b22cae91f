using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>
/// Every sentence about what becomes of a link, compared with what the sandbox holds afterwards: at once, when the day has turned, and when
/// a lost account is connected again. What staff and bookers read of the link at each of these moments is compared as well.
/// </summary>
[OnSqlite("The sentences do not depend on the database; what is done to the meetings is tested on both.")]
[Trait("Category", "Slow")]
public sealed class LinkSentenceTests : IAsyncLifetime
{
    private static readonly string[] NotForBookers = ["request", "UTC", "connect", "quota", "refused", "answer", "admin"];

    private ZoomTestHost _zoomHost = null!;

    public async Task InitializeAsync() => _zoomHost = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _zoomHost.Failures.Exceptions.Should().BeEmpty();
        await _zoomHost.DisposeAsync();
    }

    [Theory]
    [InlineData(nameof(Act.Cancel))]
    [InlineData(nameof(Act.CancelSlot))]
    [InlineData(nameof(Act.MoveToFree))]
    [InlineData(nameof(Act.MoveToTaken))]
    [InlineData(nameof(Act.SwitchLocation))]
    public async Task The_sentence_before_a_change_matches_Zooms_state_after_it(string act)
    {
        var cases = LinkSituation.All(Enum.Parse<Act>(act)).Select((situation, number) => new LinkCase(_zoomHost, situation, number))
            .ToList();
        foreach (var each in cases)
        {
            await each.BookAsync();
        }

        await _zoomHost.ReconcileAsync();
        foreach (var each in cases)
        {
            await each.PrepareAsync();
        }

        _zoomHost.Clock.Advance(TimeSpan.FromHours(2));
        _zoomHost.TestTenant.Now = _zoomHost.Now;
        var forecasts = new LinkForecaster(_zoomHost.TestTenant.Database, Options.Create(new ZoomOptions()));
        foreach (var each in cases)
        {
            await each.ChangeAsync(forecasts);
        }

        var wrong = new List<string>();
        await _zoomHost.ReconcileAsync();
        var atOnce = await LookAsync(cases, wrong, "at once");
        await _zoomHost.AdvanceAsync(TestTenant.Monday.Date.AddDays(1).AddSeconds(5) - _zoomHost.Now.UtcDateTime);
        var afterReset = await LookAsync(cases, wrong, "after the reset");
        foreach (var each in cases.Where(each => each.Situation.Tie is Tie.Lost))
        {
            await each.RestAsync(null);
            await each.ReconnectAsync();
        }

        await _zoomHost.ReconcileAsync();
        var afterReconnection = await LookAsync(cases, wrong, "after the reconnection");
        foreach (var (each, index) in cases.Select((each, index) => (each, index)))
        {
            if (each.Refused != (each.Sentence is null))
            {
                wrong.Add($"{each} but refused: {each.Refused}");
            }
            else if (each.Sentence is { } sentence
                && Wrong(sentence, each, atOnce[index], afterReset[index], afterReconnection[index]) is { } why)
            {
                wrong.Add($"{each} but {why}");
            }
        }

        wrong.Should().BeEmpty();
    }

    private sealed record Seen(bool OldIsInZoom, bool HasLink, bool HasNewLink, bool Shares, bool OtherKeeps, int InZoom);

    private async Task<List<Seen>> LookAsync(List<LinkCase> cases, List<string> wrong, string moment)
    {
        var seen = new List<Seen>();
        foreach (var each in cases)
        {
            seen.Add(new Seen(
                each.OldIsInZoom,
                await each.HasWorkingLinkAsync(),
                await each.HasNewLinkAsync(),
                await each.SharesAsync(),
                await each.OtherKeepsAsync(),
                each.MeetingsInZoom));
            var facts = await each.FactsAsync();
            var (staff, booker) = (LinkDescriber.ForStaff(facts).Text, LinkDescriber.ForBooker(
                facts, "America/New_York", _zoomHost.Now, hasEmail: true).Text);
            if (NotForBookers.FirstOrDefault(word => booker.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } word)
            {
                wrong.Add($"{each}: {moment} a booker reads \"{word}\": {booker}");
            }

            var works = seen[^1].HasLink;
            if (works != (facts.JoinUrl is not null) || (works && booker.Length > 0)
                || (staff.Contains("is ready", StringComparison.Ordinal) && !works))
            {
                wrong.Add($"{each}: {moment} staff read \"{staff}\", bookers \"{booker}\", and the link works: {works}");
            }

            if (moment != "at once" && booker.Contains("will be ready by 7:00 PM", StringComparison.Ordinal))
            {
                wrong.Add($"{each}: {moment} the promised time is over: {booker}");
            }
        }

        return seen;
    }

    /// <summary>Each claim that a sentence makes is looked up. A sentence without a known claim is wrong, too.</summary>
    private static string? Wrong(string sentence, LinkCase each, Seen atOnce, Seen afterReset, Seen afterReconnection)
    {
        var claims = new List<(string Words, bool IsTrue)>
        {
            ("This does not affect a Zoom link.", !each.HadLink && !atOnce.HasNewLink),
            ("stops working", each.HadLink && !atOnce.OldIsInZoom),
            ("is deleted in Zoom after 00:00 UTC", each.HadLink && atOnce.OldIsInZoom && !afterReset.OldIsInZoom),
            ("is deleted once the host connects again",
                each.HadLink && afterReset.OldIsInZoom && (!afterReconnection.OldIsInZoom || IsOverByThen(each))),
            ("the host has to delete", each.HadLink && afterReconnection.OldIsInZoom),
            ("nothing changes in Zoom.", !each.HadLink || afterReconnection.OldIsInZoom),
            ("stays: 1 other appointment uses it.",
                each.Situation.Others is Others.OnZoom && atOnce is { OldIsInZoom: true, OtherKeeps: true }),
            ("stays with", each.Situation.Others is Others.OnZoom && atOnce is { OldIsInZoom: true, OtherKeeps: true }),
            ("1 other appointment goes on waiting for it.", each.Situation.Others is Others.OnZoom && !each.HadLink),
            ("There is no link. 1 other appointment shares the time.", each.Situation.Others is Others.OnZoom && !each.HadLink),
            ("No Zoom meeting has been made, so nothing is left in Zoom.", !each.HadLink),
            ("gets a new link.", atOnce.HasNewLink),
            ("shares the link of the appointment already there", atOnce.Shares),
            ("gets no link for now.", !atOnce.HasLink),
            ("The link comes automatically after 00:00 UTC.", !atOnce.HasLink && afterReset.HasNewLink),
            ("The link comes automatically once the host connects again.", !afterReset.HasLink && afterReconnection.HasNewLink),
            ("The link comes automatically once the host connects.", !afterReconnection.HasLink),
            ("gets no link there.", !afterReconnection.HasLink),
            ("when the appointment has begun", !atOnce.HasLink && afterReset.HasNewLink),
            ("gets no link: the new time is over", !afterReconnection.HasLink),
            ("no longer managed", atOnce.Shares),
        };
        var made = claims.Where(claim => sentence.Contains(claim.Words, StringComparison.Ordinal)).ToList();
        return made.Count == 0 && sentence.Length > 0 ? "makes no claim that is looked up"
            : made.FirstOrDefault(claim => !claim.IsTrue) is { Words: { } words } ? $"\"{words}\" is not true: {atOnce}, then {afterReset}, then {afterReconnection}"
            : null;
    }

    private static bool IsOverByThen(LinkCase each) => each.Situation.ChangeTiming is ChangeTiming.Today or ChangeTiming.Over;
}
