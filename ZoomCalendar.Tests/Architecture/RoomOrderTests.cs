using System.Text.RegularExpressions;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Architecture;

/// <summary>docs/architecture.md says which folder may use which, and the code agrees.</summary>
public sealed partial class RoomOrderTests
{
    public static TheoryData<string> Projects => ["ZoomCalendar.Core", "ZoomCalendar.Web"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_type_uses_only_types_of_the_rooms_above_its_own(string project)
    {
        var order = Order(project);

        var wrong =
            from use in TypeReferences.Of(Assembly(project))
            let room = order.RoomOfNamespace(use.FromNamespace)
            let other = order.RoomOfNamespace(use.ToNamespace)
            where room is not null && other is not null && !order.Allows(room, other)
            select $"{room}: {use.From} uses {use.To} of {other}";

        wrong.Order().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_file_imports_only_namespaces_of_the_rooms_above_its_own(string project)
    {
        var order = Order(project);

        var wrong =
            from file in Sources.Of(project)
            let room = order.RoomOf(file.Path[(project.Length + 1)..])
            where room is not null
            from Match import in Import().Matches(file.Text)
            let other = order.RoomOfNamespace(import.Groups[1].Value)
            where other is not null && !order.Allows(room, other)
            select $"{file.Path} imports {import.Groups[1].Value}";

        wrong.Order().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_folder_has_its_place_in_the_list(string project)
    {
        var order = Order(project);

        var homeless = Sources.Of(project)
            .Select(file => file.Path[(project.Length + 1)..])
            .Where(path => path.Contains('/') && order.RoomOf(path) is null && !path.StartsWith("Properties/", StringComparison.Ordinal));

        homeless.Should().BeEmpty();
        order.Rooms.Where(room => !Directory.Exists(Path.Combine(Sources.Root, project, room))).Should()
            .BeEmpty("the list names no folder that is gone");
    }

    [Fact]
    public void The_drawing_shows_the_uses_between_the_rooms_of_Core()
    {
        var order = RoomOrder.OfCore();
        var uses =
            from use in TypeReferences.Of(Assembly(order.Project))
            let room = order.RoomOfNamespace(use.FromNamespace)
            let other = order.RoomOfNamespace(use.ToNamespace)
            where room is not null && other is not null && room != other
            select (From: room, To: other);

        RoomOrder.Drawing().Should().Be(Mermaid(uses.ToHashSet()));
    }

    /// <summary>Without the arrows that follow from two others.</summary>
    private static string Mermaid(HashSet<(string From, string To)> uses)
    {
        var direct = uses.Where(use => !uses.Any(step => step.From == use.From && step.To != use.To && Reaches(uses, step.To, use.To)));
        return string.Join('\n', ["flowchart BT", .. direct.Order().Select(use => $"    {use.From} --> {use.To}")]);
    }

    private static bool Reaches(HashSet<(string From, string To)> uses, string from, string to) =>
        uses.Contains((from, to)) || uses.Any(use => use.From == from && Reaches(uses, use.To, to));

    private static RoomOrder Order(string project) => project == "ZoomCalendar.Core" ? RoomOrder.OfCore() : RoomOrder.OfWeb();

    private static string Assembly(string project) =>
        (project == "ZoomCalendar.Core" ? typeof(ZoomCalendarContext) : typeof(Program)).Assembly.Location;

    [GeneratedRegex(@"^@?using (?:static )?(ZoomCalendar\.[\w.]+);?\s*$", RegexOptions.Multiline)]
    private static partial Regex Import();
}
