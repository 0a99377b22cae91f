using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;
using ZoomCalendar.Core.Storage;

[assembly: TestFramework("ZoomCalendar.Tests.Testing.DatabaseFramework", "ZoomCalendar.Tests")]

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// Finds the tests of this run's share (see <see cref="DatabaseUnderTest"/>), and skips those that need a PostgreSQL that is not there.
/// </summary>
internal sealed class DatabaseFramework(IMessageSink sink) : XunitTestFramework(sink)
{
    /// <param name="method">Null: the class as a whole.</param>
    public static bool IsInShare(DatabaseProvider? chosen, Type type, MethodInfo? method = null) => chosen switch
    {
        DatabaseProvider.Sqlite => !Has<OnPostgreSqlAttribute>(type, method),
        DatabaseProvider.PostgreSql => !Has<OnSqliteAttribute>(type, method) && DatabaseShare.Touches(type),
        _ => true,
    };

    public static bool NeedsPostgreSql(DatabaseProvider? chosen, Type type, MethodInfo method) =>
        Has<OnPostgreSqlAttribute>(type, method) || (chosen is DatabaseProvider.PostgreSql && DatabaseShare.Touches(type));

    protected override ITestFrameworkDiscoverer CreateDiscoverer(IAssemblyInfo assemblyInfo) =>
        new Discoverer(assemblyInfo, SourceInformationProvider, DiagnosticMessageSink);

    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private static bool Has<TAttribute>(Type type, MethodInfo? method)
        where TAttribute : Attribute =>
        type.IsDefined(typeof(TAttribute), inherit: true) || method?.IsDefined(typeof(TAttribute), inherit: true) is true;

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink sink)
        : XunitTestFrameworkExecutor(assembly, sources, sink)
    {
        protected override ITestFrameworkDiscoverer CreateDiscoverer() =>
            new Discoverer(AssemblyInfo, SourceInformationProvider, DiagnosticMessageSink);
    }

    private sealed class Discoverer(IAssemblyInfo assembly, ISourceInformationProvider sources, IMessageSink sink)
        : XunitTestFrameworkDiscoverer(assembly, sources, sink)
    {
        protected override bool FindTestsForMethod(
            ITestMethod testMethod, bool includeSourceInformation, IMessageBus messageBus, ITestFrameworkDiscoveryOptions discoveryOptions)
        {
            var (type, method) = (testMethod.TestClass.Class.ToRuntimeType(), testMethod.Method.ToRuntimeMethod());
            if (!method.IsDefined(typeof(FactAttribute)) || !IsInShare(DatabaseUnderTest.Chosen, type, method))
            {
                return true;
            }

            if (PostgreSqlBinaries.WhyMissing is { } reason && !Requirements.AreAll
                && NeedsPostgreSql(DatabaseUnderTest.Chosen, type, method))
            {
                return ReportDiscoveredTestCase(
                    new XunitSkippedDataRowTestCase(
                        DiagnosticMessageSink,
                        discoveryOptions.MethodDisplayOrDefault(),
                        discoveryOptions.MethodDisplayOptionsOrDefault(),
                        testMethod,
                        reason),
                    includeSourceInformation,
                    messageBus);
            }

            return base.FindTestsForMethod(testMethod, includeSourceInformation, messageBus, discoveryOptions);
        }
    }
}
