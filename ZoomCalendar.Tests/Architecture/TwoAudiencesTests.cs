using System.Reflection;
using System.Text.RegularExpressions;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Architecture;

/// <summary>
/// Text for staff cannot reach a booker by mistake: the two kinds of sentences are two types, and public pages use only one.
/// </summary>
public sealed partial class TwoAudiencesTests
{
    private const string Secret = "Quentin is booked Mon 2 Mar 2026, 10:15 to 10:45.";

    private static readonly string[] PublicPlaces =
        ["ZoomCalendar.Web/Booking/", "ZoomCalendar.Web/Components/Pages/Booking/", "ZoomCalendar.Web/Mail/"];

    [Fact]
    public void No_public_page_model_or_message_refers_to_a_sentence_for_staff() =>
        Sources.Of("ZoomCalendar.Web")
            .Where(file => PublicPlaces.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal))
                && ForStaff().IsMatch(file.Text))
            .Select(file => file.Path).Should().BeEmpty();

    [Fact]
    public void What_a_public_page_says_about_a_problem_is_typed_as_public()
    {
        const BindingFlags all =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var types = typeof(Program).Assembly.GetTypes()
            .Where(type => type.Namespace is "ZoomCalendar.Web.Booking" or "ZoomCalendar.Web.Components.Pages.Booking").ToList();
        var said = types.SelectMany(type => type.GetProperties(all).Select(
            property => (Name: $"{type.Name}.{property.Name}", Type: property.PropertyType))
            .Concat(type.GetMethods(all).Select(method => (Name: $"{type.Name}.{method.Name}", Type: method.ReturnType)))
            .Concat(type.GetMethods(all).SelectMany(method => method.GetParameters()).Select(
                parameter => (Name: $"{type.Name}.{parameter.Name}", Type: parameter.ParameterType))))
            .Where(member => Problem().IsMatch(member.Name)).ToList();

        said.Should().HaveCountGreaterThan(10);
        said.Where(member => member.Type == typeof(string) || member.Type == typeof(StaffSentence)).Should().BeEmpty();
    }

    [Fact]
    public void A_booker_reads_no_internal_reason()
    {
        foreach (var kind in Enum.GetValues<ReasonKind>())
        {
            var outcome = HostSelector.Refuse([new Reason(kind, Secret)]);

            outcome.ForStaff.Text.Should().Contain(Secret);
            Words(outcome.ForPublic).Should().NotIntersectWith(Words(Secret), kind.ToString());
        }

        foreach (var refusal in Enum.GetValues<Refusal>())
        {
            Words(BookingOutcome.Refused(refusal, Secret).ForPublic).Should().NotIntersectWith(Words(Secret), refusal.ToString());
            Words(WaitingOutcome.Refused(refusal, new StaffSentence(Secret)).ForPublic).Should()
                .NotIntersectWith(Words(Secret), refusal.ToString());
        }
    }

    private static IEnumerable<string> Words(PublicSentence sentence)
    {
        sentence.Text.Should().NotBeEmpty();
        return Words(sentence.Text);
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value).Except(["is", "to"]);

    [GeneratedRegex(@"\bStaffSentence\b|\bForStaff\b|\bReason(Text|Finder)\b|\.WhyNotAsync\(")]
    private static partial Regex ForStaff();

    [GeneratedRegex(@"\.(get_)?(Problem|WhyNot|Words$|WordsOf|Reason|Refusal)", RegexOptions.IgnoreCase)]
    private static partial Regex Problem();

    [GeneratedRegex(@"[\w:]+")]
    private static partial Regex Word();
}
