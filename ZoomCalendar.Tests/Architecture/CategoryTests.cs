using System.Reflection;
using System.Text.RegularExpressions;
using Xunit.Sdk;
using ZoomCalendar.Tests.Nodes;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Architecture;

/// <summary><c>--filter Category!=Browser</c> leaves out a test only if its class has the category.</summary>
public sealed partial class CategoryTests
{
    private static readonly List<Type> TestClasses =
    [
        .. typeof(CategoryTests).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && TestMethods(type).Any()),
    ];

    [Fact]
    public void Class_whose_source_opens_a_browser_has_the_category_Browser()
    {
        var users = Sources.Of("ZoomCalendar.Tests")
            .Where(file => BrowserUse().IsMatch(file.Text))
            .SelectMany(file => ClassName().Matches(file.Text).Select(match => match.Groups[1].Value))
            .ToHashSet();

        var drivers = TestClasses.Where(type => users.Contains(type.Name)).ToList();

        drivers.Should().NotBeEmpty();
        drivers.Where(type => !Has(type, "Browser")).Select(type => type.Name).Should().BeEmpty();
    }

    [Fact]
    public void Class_with_a_test_that_requires_Chromium_has_the_category_Browser() =>
        TestClasses
            .Where(type => TestMethods(type).Any(method =>
                method.IsDefined(typeof(ChromiumFactAttribute)) || method.IsDefined(typeof(ClusterFactAttribute))))
            .Where(type => !Has(type, "Browser"))
            .Select(type => type.Name).Should().BeEmpty();

    [Fact]
    public void Test_that_requires_PostgreSQL_has_the_category_PostgreSql() =>
        TestClasses
            .SelectMany(TestMethods, (type, method) => (Class: type, Method: method))
            .Where(test => test.Class.IsDefined(typeof(OnPostgreSqlAttribute)) || test.Method.IsDefined(typeof(OnPostgreSqlAttribute)))
            .Where(test => !Has(test.Class, "PostgreSql") && !Has(test.Method, "PostgreSql"))
            .Select(test => $"{test.Class.Name}.{test.Method.Name}").Should().BeEmpty();

    [GeneratedRegex(@"\bBrowser\.OpenAsync\(|\bMicrosoft\.Playwright\b|\[ChromiumFact\]|\[ClusterFact\]")]
    private static partial Regex BrowserUse();

    [GeneratedRegex(@"\bclass (\w+Tests)\b")]
    private static partial Regex ClassName();

    private static IEnumerable<MethodInfo> TestMethods(Type type) =>
        type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute)));

    private static bool Has(MemberInfo member, string category) =>
        TraitHelper.GetTraits(member).Any(trait => trait.Key == "Category" && trait.Value == category);
}
