using Microsoft.AspNetCore.WebUtilities;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Web.Connect;

/// <summary>
/// The notice about a finished round trip on the page to which it returns, from the parameters <c>zoom</c> and <c>missing</c>.
/// </summary>
public sealed record ConnectNotice(bool IsGood, string Sentence)
{
    private const string Parameter = "zoom";
    private const string MissingParameter = "missing";

    /// <summary>Null: no notice.</summary>
    /// <param name="zoom">The <c>zoom</c> parameter.</param>
    /// <param name="missing">The <c>missing</c> parameter: scopes, separated by commas.</param>
    public static ConnectNotice? Of(string? zoom, string? missing = null) =>
        Enum.TryParse<ConnectResult>(zoom, ignoreCase: true, out var result) && Enum.IsDefined(result)
            ? new ConnectNotice(result is ConnectResult.Connected, SentenceOf(result, missing))
            : null;

    /// <summary>The return address with the result as a parameter.</summary>
    internal static string At(string returnUrl, ConnectResult result, IEnumerable<string>? missing = null)
    {
        var (path, fragment) = Split(returnUrl, '#');
        var (page, query) = Split(path, '?');
        var parameters = QueryHelpers.ParseQuery(query);
        parameters.Remove(Parameter);
        parameters.Remove(MissingParameter);
        var url = QueryHelpers.AddQueryString(
            QueryHelpers.AddQueryString(page, parameters), Parameter, result.ToString().ToLowerInvariant());
        return (missing is null ? url : QueryHelpers.AddQueryString(url, MissingParameter, string.Join(',', missing))) + fragment;
    }

    private static (string Before, string After) Split(string text, char mark) =>
        text.IndexOf(mark) is >= 0 and var at ? (text[..at], text[at..]) : (text, "");

    private static string SentenceOf(ConnectResult result, string? missing) => result switch
    {
        ConnectResult.Connected => ConnectStrings.Loc["Zoom is connected. New Zoom bookings get their link automatically."],
        ConnectResult.Declined =>
            ConnectStrings.Loc["It was not allowed in Zoom, so nothing was connected. If your Zoom account's admin has to approve "
                + "the app first, ask them, then connect again."],
        ConnectResult.Expired => ConnectStrings.Loc["That attempt to connect was too old or already used. Nothing was connected; "
            + "please connect again."],
        ConnectResult.Foreign =>
            ConnectStrings.Loc["You started to connect in another session, so nothing was connected. Please connect again from here."],
        ConnectResult.NoState =>
            ConnectStrings.Loc["Zoom sent you here, but you did not start to connect in this app, so nothing was connected. "
                + "Please press Connect here."],
        ConnectResult.Missing =>
            ConnectStrings.Loc["Zoom did not grant everything that links need, so nothing was connected. Missing: {0}. The scopes "
                + "are set in the Zoom app's Marketplace settings; after that, connect again.", Names(missing)],
        ConnectResult.Settings =>
            ConnectStrings.Loc["Zoom refused this app's own credentials, so nothing was connected. The operator of this app has "
                + "to check Zoom:ClientId and Zoom:ClientSecret."],
        ConnectResult.Approval => ConnectStrings.Loc["Your Zoom account's admin has to approve the app first. Ask them, then "
            + "connect again."],
        ConnectResult.NotAMember => ConnectStrings.Loc["You are no longer a member of this sub-account, so nothing was connected."],
        ConnectResult.StartNoMeeting =>
            ConnectStrings.Loc["There is no Zoom meeting to start: the appointment is over or cancelled, or its link is not made yet."],
        ConnectResult.StartNotConnected =>
            ConnectStrings.Loc["The meeting was not started: you are not connected to the Zoom account that holds it. Connect it "
                + "under User Profile > Integrations, or start the meeting in Zoom itself."],
        ConnectResult.StartGone =>
            ConnectStrings.Loc["The meeting was not started: Zoom no longer has it. The appointment is still booked; look at its "
                + "link again in a minute."],
        ConnectResult.StartNoAnswer =>
            ConnectStrings.Loc["Zoom did not answer, so the meeting was not started. Try again in a moment, or start it in Zoom itself."],
        _ => ConnectStrings.Loc["Zoom could not be reached to finish, so nothing was connected. Please connect again in a few minutes."],
    };

    // The parameter comes from the address bar, so only known names are shown.
    private static string Names(string? missing)
    {
        var known = (missing ?? "").Split(',').Where(ZoomScopes.Required.Contains).ToList();
        return known.Count == 0 ? "unknown" : string.Join(", ", known);
    }
}
