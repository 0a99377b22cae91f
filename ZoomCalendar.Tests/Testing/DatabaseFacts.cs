using Xunit.Abstractions;
using Xunit.Sdk;

namespace ZoomCalendar.Tests.Testing;

/// <summary>The class runs its tests on PostgreSQL. Without its programs they are skipped with the reason, unless everything is required: then they fail.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnPostgreSqlAttribute : Attribute;

/// <summary>A test of an abstract class that is run once for each database, by a sealed class for each.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("ZoomCalendar.Tests.Testing.DatabaseFactDiscoverer", "ZoomCalendar.Tests")]
internal sealed class DatabaseFactAttribute : FactAttribute;

/// <inheritdoc cref="DatabaseFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("ZoomCalendar.Tests.Testing.DatabaseTheoryDiscoverer", "ZoomCalendar.Tests")]
internal sealed class DatabaseTheoryAttribute : TheoryAttribute;

internal sealed class DatabaseFactDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    private readonly FactDiscoverer _inner = new(sink);

    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact) =>
        DatabaseSkip.TestCase(sink, options, method) is { } skipped ? [skipped] : _inner.Discover(options, method, fact);
}

internal sealed class DatabaseTheoryDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    private readonly TheoryDiscoverer _inner = new(sink);

    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo theory) =>
        DatabaseSkip.TestCase(sink, options, method) is { } skipped ? [skipped] : _inner.Discover(options, method, theory);
}

internal static class DatabaseSkip
{
    public static IXunitTestCase? TestCase(IMessageSink sink, ITestFrameworkDiscoveryOptions options, ITestMethod method) =>
        PostgreSqlBinaries.WhyMissing is { } reason && !Requirements.AreAll && method.TestClass.Class.GetCustomAttributes(typeof(OnPostgreSqlAttribute)).Any()
            ? new XunitSkippedDataRowTestCase(sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, reason)
            : null;
}
