using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Localization;
using NodaTime;
using ZoomCalendar.Core.Accounts;
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

    public static string Class(Block block)
    {
        var state = !block.IsActive ? " ro off" : block.IsMine ? "" : " ro";
        return $"ap{(block.IsSlot ? " grp" : "")}{state} k{ColorOf(block.Color)}";
    }

    public static int ColorOf(int color) => ((color % Palette) + Palette) % Palette;

    public static string Of(Block block, DateTimeZone zone, string? host, IStringLocalizer<ScheduleStrings> loc)
    {
        var card = block.First;
        var markup = new StringBuilder(256);
        AppendTitle(markup, block);
        if (block.IsSlot)
        {
            markup.Append("<em>").Append(Encoder.Encode(block.Seats(loc))).Append("</em>");
        }
        else if (card.Status is not AppointmentStatus.Confirmed)
        {
            markup.Append("<em>").Append(Encoder.Encode(ScheduleTexts.Of(card.Status, loc))).Append("</em>");
        }

        markup.Append(Link(block.Linked, loc));
        AppendTime(markup, card, ScheduleTexts.Times(block.Start, block.End, zone)).Append("<span>");
        var people = block.IsSlot ? block.People : card.BookerName != card.Title ? card.BookerName : "";
        if (people.Length > 0)
        {
            markup.Append(Encoder.Encode(people)).Append(' ');
        }

        if (host is not null)
        {
            markup.Append(Encoder.Encode(loc["with {0}", host]));
        }

        return markup.Append("</span>").ToString();
    }

    /// <summary>One line: for the month.</summary>
    public static string Line(Block block, DateTimeZone zone, IStringLocalizer<ScheduleStrings> loc)
    {
        var markup = AppendTitle(AppendTime(new StringBuilder(160), block.First, ScheduleTexts.Time(block.Start, zone)), block);
        if (block.IsSlot)
        {
            markup.Append("<em>").Append(Encoder.Encode(block.Seats(loc))).Append("</em>");
        }

        return markup.Append(Link(block.Linked, loc)).ToString();
    }

    private static StringBuilder AppendTitle(StringBuilder markup, Block block)
    {
        markup.Append("<b>").Append(Encoder.Encode(block.Title));
        if (block.CalendarName.Length > 0 && block.CalendarName != block.Title)
        {
            markup.Append("<small>").Append(Encoder.Encode(block.CalendarName)).Append("</small>");
        }

        return markup.Append("</b>");
    }

    private static StringBuilder AppendTime(StringBuilder markup, AppointmentCard card, string words) =>
        markup.Append("<time datetime=").Append(ScheduleTexts.Machine(card.Start)).Append('>').Append(words).Append("</time>");

    /// <summary>Icon and words.</summary>
    public static string Link(AppointmentCard card, IStringLocalizer<ScheduleStrings> loc) =>
        $"<i class={Tone(card)}><svg aria-hidden=true><use href=#{Symbol(card)} /></svg>"
            + $"{Encoder.Encode(ScheduleTexts.Short(card, loc))}</i>";

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
        _ when card.Location.Kind is MeetingLocationKind.Phone => "z7",
        _ => "z6",
    };
}
