using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ZoomCalendar.Tests.Architecture;

/// <summary>Every package, also a transitive one, is pinned, and its licence is one that we accept.</summary>
public sealed partial class SupplyChainTests
{
    private const string LockFile = "packages.lock.json";
    private const string NpmLockFile = "package-lock.json";

    /// <summary>SPDX identifiers that ask for no more than to keep the notice.</summary>
    private static readonly HashSet<string> Permissive =
    [
        "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "PostgreSQL", "BlueOak-1.0.0", "(MIT OR CC0-1.0)",
    ];

    /// <summary>By "id licence": why it is accepted.</summary>
    private static readonly Dictionary<string, string> Accepted = new()
    {
        ["SourceGear.sqlite3 file:LICENSE.txt"] = "Apache-2.0 for the package; SQLite itself is in the public domain.",
        // Of the tests and benchmarks only; they are not published.
        ["Deque.AxeCore.Commons MPL-2.0"] = "Tests use it unchanged.",
        ["axe-core MPL-2.0"] = "Tests use it unchanged.",
        ["ical.js MPL-2.0"] = "Tests use it unchanged.",
        ["parse-cache-control (none)"] = "MIT by the text in its repository.",
        ["CommandLineParser file:License.md"] = "MIT.",
        ["Microsoft.DotNet.PlatformAbstractions file:LICENSE.TXT"] = "MIT, of the .NET Foundation.",
        ["Mono.Cecil http://opensource.org/licenses/mit-license.php"] = "MIT.",
        ["NetArchTest.Rules (none)"] = "MIT by the text in its repository.",
        ["System.Configuration.ConfigurationManager https://github.com/dotnet/corefx/blob/master/LICENSE.TXT"] = "MIT, of .NET.",
        ["System.Security.Cryptography.ProtectedData https://github.com/dotnet/corefx/blob/master/LICENSE.TXT"] = "MIT, of .NET.",
        ["xunit.abstractions https://raw.githubusercontent.com/xunit/xunit/master/license.txt"] = "Apache-2.0.",
    };

    [Fact]
    public void Every_package_has_a_licence_that_we_accept()
    {
        var packages = Packages().ToList();
        var folders = PackageFolders();

        var licences = packages.Select(package => $"{package.Id} {LicenceOf(package, folders)}").Distinct().ToList();

        packages.Should().HaveCountGreaterThan(100);
        licences.Where(IsRefused).Should().BeEmpty("add a licence to the lists above only with its reason");
    }

    [Fact]
    public void Every_npm_package_of_the_tests_has_a_licence_that_we_accept_and_is_pinned_by_its_hash()
    {
        var packages = NpmFolders().SelectMany(folder => NpmPackages(folder)).ToList();

        packages.Should().HaveCountGreaterThan(100);
        packages.Select(package => $"{package.Name} {package.Licence}").Distinct().Where(IsRefused).Should().BeEmpty();
        packages.Where(package => !package.IsPinned).Should().BeEmpty();
    }

    [Fact]
    public void No_reason_is_left_over()
    {
        var folders = PackageFolders();
        var used = Packages().Select(package => $"{package.Id} {LicenceOf(package, folders)}")
            .Concat(NpmFolders().SelectMany(folder => NpmPackages(folder)).Select(package => $"{package.Name} {package.Licence}"));

        Accepted.Keys.Except(used).Should().BeEmpty();
    }

    [Fact]
    public void The_lock_file_of_each_project_has_the_versions_that_the_solution_asks_for()
    {
        var wanted = XDocument.Load(Path.Combine(Sources.Root, "Directory.Packages.props")).Descendants()
            .Where(element => element.Name.LocalName is "PackageVersion" or "GlobalPackageReference")
            .ToDictionary(element => element.Attribute("Include")!.Value, element => element.Attribute("Version")!.Value);

        foreach (var project in Directory.EnumerateFiles(Sources.Root, "*.csproj", SearchOption.AllDirectories).Where(IsOurs))
        {
            var file = Path.Combine(Path.GetDirectoryName(project)!, LockFile);
            File.Exists(file).Should().BeTrue("{0} has a lock file; a restore writes it", Path.GetFileName(project));
            LockedIn(file).Where(package => wanted.TryGetValue(package.Id, out var version) && version != package.Version)
                .Should().BeEmpty("{0} is up to date; a restore writes it", file);
        }
    }

    [Fact]
    public void Npm_packages_of_the_tests_are_asked_for_by_exact_versions_and_installed_from_a_lock_file()
    {
        foreach (var folder in NpmFolders())
        {
            File.Exists(Path.Combine(folder, NpmLockFile)).Should().BeTrue("{0} has a lock file", folder);
            using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "package.json")));
            file.RootElement.GetProperty("dependencies").EnumerateObject().Select(wanted => wanted.Value.GetString()!).Should()
                .OnlyContain(version => ExactVersion().IsMatch(version));
        }

        Sources.Of("ZoomCalendar.Tests").Where(file => NpmInstall().IsMatch(file.Text)).Select(file => file.Path).Should().BeEmpty();
    }

    private static bool IsRefused(string licence) =>
        !Permissive.Contains(licence[(licence.IndexOf(' ') + 1)..]) && !Accepted.ContainsKey(licence);

    private static bool IsOurs(string file) => !Regex.IsMatch(file[Sources.Root.Length..], @"[/\\](bin|obj|node_modules)[/\\]");

    private static IEnumerable<(string Id, string Version)> Packages() =>
        Directory.EnumerateFiles(Sources.Root, LockFile, SearchOption.AllDirectories).Where(IsOurs).SelectMany(LockedIn).Distinct();

    private static List<(string Id, string Version)> LockedIn(string file)
    {
        using var content = JsonDocument.Parse(File.ReadAllText(file));
        return
        [
            .. from framework in content.RootElement.GetProperty("dependencies").EnumerateObject()
               from package in framework.Value.EnumerateObject()
               where package.Value.GetProperty("type").GetString() != "Project"
               select (package.Name, package.Value.GetProperty("resolved").GetString()!),
        ];
    }

    /// <summary>Where the restore of this project put the packages.</summary>
    private static List<string> PackageFolders()
    {
        using var assets = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Sources.Root, "ZoomCalendar.Tests", "obj", "project.assets.json")));
        return [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
    }

    private static string LicenceOf((string Id, string Version) package, List<string> folders)
    {
        var (id, version) = (package.Id.ToLowerInvariant(), package.Version.ToLowerInvariant());
        var file = folders.Select(folder => Path.Combine(folder, id, version, $"{id}.nuspec")).FirstOrDefault(File.Exists);
        if (file is null)
        {
            return $"(not restored: {package.Version})";
        }

        var elements = XDocument.Load(file).Root!.Descendants().ToList();
        return elements.FirstOrDefault(element => element.Name.LocalName == "license") is { } licence
            ? licence.Attribute("type")?.Value == "file" ? $"file:{licence.Value}" : licence.Value
            : elements.FirstOrDefault(element => element.Name.LocalName == "licenseUrl")?.Value ?? "(none)";
    }

    private static IEnumerable<string> NpmFolders() =>
        Directory.EnumerateFiles(Path.Combine(Sources.Root, "ZoomCalendar.Tests"), "package.json", SearchOption.AllDirectories)
            .Where(IsOurs).Select(file => Path.GetDirectoryName(file)!);

    private static List<(string Name, string Licence, bool IsPinned)> NpmPackages(string folder)
    {
        using var content = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, NpmLockFile)));
        return
        [
            .. from package in content.RootElement.GetProperty("packages").EnumerateObject()
               where package.Name.Length > 0
               select (
                   package.Name[(package.Name.LastIndexOf("node_modules/", StringComparison.Ordinal) + "node_modules/".Length)..],
                   package.Value.TryGetProperty("license", out var licence) ? licence.GetString()! : "(none)",
                   package.Value.TryGetProperty("integrity", out _)),
        ];
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+$")]
    private static partial Regex ExactVersion();

    [GeneratedRegex("\"npm\"[^;]*\"install\"")]
    private static partial Regex NpmInstall();
}
