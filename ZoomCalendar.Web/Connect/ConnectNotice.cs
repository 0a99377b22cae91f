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
        ConnectResult.Connected => "Zoom is connected. New Zoom bookings get their link by themselves.",
        ConnectResult.Declined =>
            "It was not allowed in Zoom, so nothing was connected. If your Zoom account's admin has to approve the app first, ask "
                + "them, then connect again.",
        ConnectResult.Expired => "That attempt to connect was too old or already used. Nothing was connected; please connect again.",
        ConnectResult.Foreign =>
            "That attempt to connect was begun in another session. Nothing was connected; please connect again from here.",
        ConnectResult.NoState =>
            "Zoom sent you here without an attempt begun in this app, so nothing was connected. Please press Connect here.",
        ConnectResult.Missing =>
            $"Zoom did not grant everything that links need, so nothing was connected. Missing: {Names(missing)}. The scopes are "
                + "set in the Zoom app's Marketplace settings; after that, connect again.",
        ConnectResult.Settings =>
            "Zoom refused this app's own credentials, so nothing was connected. Whoever runs this app has to check Zoom:ClientId "
                + "and Zoom:ClientSecret.",
        ConnectResult.Approval => "Your Zoom account's admin has to approve the app first. Ask them, then connect again.",
        ConnectResult.NotAMember => "You are not a member of this sub-account any more, so nothing was connected.",
        ConnectResult.StartNoMeeting =>
            "There is no Zoom meeting to start: the appointment is over or cancelled, or its link is not made yet.",
        ConnectResult.StartNotConnected =>
            "The meeting was not started: you are not connected to the Zoom account that holds it. Connect it under User Profile "
                + "> Integrations, or start the meeting in Zoom itself.",
        ConnectResult.StartGone =>
            "The meeting was not started: Zoom no longer has it. The appointment stands; look at its link again in a minute.",
        ConnectResult.StartNoAnswer =>
            "Zoom did not answer, so the meeting was not started. Try again in a moment, or start it in Zoom itself.",
        _ => "Zoom could not be reached to finish, so nothing was connected. Please connect again in a few minutes.",
    };

    // The parameter comes from the address bar, so only known names are shown.
    private static string Names(string? missing)
    {
        var known = (missing ?? "").Split(',').Where(ZoomScopes.Required.Contains).ToList();
        return known.Count == 0 ? "unknown" : string.Join(", ", known);
    }
}
