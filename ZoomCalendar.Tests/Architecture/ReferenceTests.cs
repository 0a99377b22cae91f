using System.Reflection;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;

namespace ZoomCalendar.Tests.Architecture;

/// <summary>References between the projects go one way.</summary>
public sealed class ReferenceTests
{
    // Where Web is composed.
    private static readonly string[] Composing = ["ZoomCalendar.Web/Program.cs", "ZoomCalendar.Web/Hosting/",
        "ZoomCalendar.Web/Connect/Sandbox", "ZoomCalendar.Web/ZoomCalendar.Web.csproj"];

    // The parts of ASP.NET Core allowed in a class library: Identity's stores and Data Protection.
    private static readonly string[] AllowedInCore =
        ["Microsoft.AspNetCore.Identity", "Microsoft.AspNetCore.Cryptography", "Microsoft.AspNetCore.DataProtection"];

    private static readonly Assembly Core = typeof(ZoomCalendarContext).Assembly;
    private static readonly Assembly Sandbox = typeof(SandboxServer).Assembly;
    private static readonly Assembly Web = typeof(Program).Assembly;

    [Fact]
    public void Core_and_sandbox_reference_no_project_and_Web_references_both()
    {
        OursIn(Core).Should().BeEmpty();
        OursIn(Sandbox).Should().BeEmpty();
        OursIn(Web).Should().BeSubsetOf(["ZoomCalendar.Core", "ZoomCalendar.Sandbox"]);
    }

    [Fact]
    public void Core_has_no_web_framework_and_no_Razor()
    {
        var web = References(Core).Where(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
            .Where(name => !AllowedInCore.Any(allowed => name == allowed || name.StartsWith($"{allowed}.", StringComparison.Ordinal)));

        web.Should().BeEmpty();
        Sources.Of("ZoomCalendar.Core").Where(file => file.Path.EndsWith(".razor", StringComparison.Ordinal)
            || file.Text.Contains("<FrameworkReference", StringComparison.Ordinal))
            .Select(file => file.Path).Should().BeEmpty();
    }

    [Fact]
    public void Web_references_the_sandbox_only_where_the_app_is_composed() =>
        Sources.Of("ZoomCalendar.Web")
            .Where(file => file.Text.Contains("ZoomCalendar.Sandbox", StringComparison.Ordinal))
            .Select(file => file.Path)
            .Where(path => !Composing.Any(place => path.StartsWith(place, StringComparison.Ordinal)))
            .Should().BeEmpty();

    [Fact]
    public void An_entity_s_file_imports_no_service()
    {
        using var db = new SqliteContext(new DbContextOptionsBuilder<SqliteContext>().UseSqlite("Data Source=unused.db").Options);
        var entities = db.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(type => type.Assembly == Core)
            .Select(type => $"/{type.Name}.cs").ToHashSet();
        string[] services = ["using ZoomCalendar.Core.Storage", "using Microsoft.EntityFrameworkCore", "using Microsoft.Extensions",
            "using System.Net.Http"];

        var files = Sources.Of("ZoomCalendar.Core").Where(file => entities.Any(name => file.Path.EndsWith(name, StringComparison.Ordinal)))
            .ToList();

        files.Should().HaveCountGreaterThanOrEqualTo(entities.Count - 1);
        files.Where(file => services.Any(service => file.Text.Contains(service, StringComparison.Ordinal))).Select(file => file.Path)
            .Should().BeEmpty();
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static IEnumerable<string> OursIn(Assembly assembly) =>
        References(assembly).Where(name => name.StartsWith("ZoomCalendar", StringComparison.Ordinal));
}
