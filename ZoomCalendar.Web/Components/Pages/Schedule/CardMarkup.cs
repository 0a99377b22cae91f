using System.Text;
using System.Text.Encodings.Web;
using NodaTime;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>
/// The content of an appointment's button as one markup string, which keeps a week of 500 appointments small on the wire.
/// Every text is encoded here.
/// </summary>
internal static class CardMarkup
{
    public const int Palette = 8;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    public static string Class(AppointmentCard card, int color) => card switch
    {
        { Status: AppointmentStatus.Cancelled or AppointmentStatus.Invalid } => $"ap ro off k{ColorOf(color)}",
        { IsMine: false } => $"ap ro k{ColorOf(color)}",
        _ => $"ap k{ColorOf(color)}",
    };

    public static int ColorOf(int color) => ((color % Palette) + Palette) % Palette;

    public static string Of(AppointmentCard card, DateTimeZone zone, string? host)
    {
        var markup = new StringBuilder(256);
        markup.Append("<b>").Append(Encoder.Encode(card.Title)).Append("</b>").Append(Link(card));
        if (card.Status is not AppointmentStatus.Confirmed)
        {
            markup.Append("<em>").Append(ScheduleTexts.Of(card.Status)).Append("</em>");
        }

        AppendTime(markup, card, ScheduleTexts.Times(card.Start, card.End, zone)).Append("<span>");
        if (card.BookerName != card.Title)
        {
            markup.Append(Encoder.Encode(card.BookerName)).Append(' ');
        }

        if (host is not null)
        {
            markup.Append("with ").Append(Encoder.Encode(host));
        }

        return markup.Append("</span>").ToString();
    }

    /// <summary>One line: for the month.</summary>
    public static string Line(AppointmentCard card, DateTimeZone zone) =>
        AppendTime(new StringBuilder(160), card, ScheduleTexts.Time(card.Start, zone)).Append("<b>").Append(Encoder.Encode(card.Title))
            .Append("</b>").Append(Link(card)).ToString();

    private static StringBuilder AppendTime(StringBuilder markup, AppointmentCard card, string words) =>
        markup.Append("<time datetime=").Append(ScheduleTexts.Machine(card.Start)).Append('>').Append(words).Append("</time>");

    /// <summary>Icon and words.</summary>
    public static string Link(AppointmentCard card) =>
        $"<i class={Tone(card)}><svg aria-hidden=true><use href=#{Symbol(card)} /></svg>{ScheduleTexts.Short(card)}</i>";

    private static string Tone(AppointmentCard card) => card.Link.State switch
    {
        LinkState.Ready => "lr",
        LinkState.OnItsWay => "lo",
        LinkState.Waiting or LinkState.Unmanaged => "lw",
        LinkState.Missed or LinkState.Stopped => "lm",
        _ => "ln",
    };

    private static string Symbol(AppointmentCard card) => card.Link.State switch
    {
        LinkState.Ready => "z1",
        LinkState.OnItsWay => "z2",
        LinkState.Waiting => "z3",
        LinkState.Unmanaged => "z4",
        LinkState.Missed or LinkState.Stopped => "z5",
        _ => "z6",
    };
}
