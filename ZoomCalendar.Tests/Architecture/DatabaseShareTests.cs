using System.Reflection;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Appointments;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.EndToEnd;
using ZoomCalendar.Tests.Meetings;
using ZoomCalendar.Tests.Pages.Schedule;
using ZoomCalendar.Tests.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Architecture;

/// <summary>Which test runs on which database.</summary>
public sealed class DatabaseShareTests
{
    private static readonly Type[] TestClasses =
        [.. typeof(DatabaseShareTests).Assembly.GetTypes().Where(
            type => !type.IsAbstract && type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute))))];

    [Theory]
    [InlineData(typeof(QuotaTests))]
    [InlineData(typeof(ScheduleReaderTests))]
    [InlineData(typeof(ConnectRoundTripTests))]
    [InlineData(typeof(KilledProcessTests))]
    [InlineData(typeof(MainJobTests))]
    public void Tests_that_open_a_database_run_on_both_databases(Type type)
    {
        DatabaseFramework.IsInShare(DatabaseProvider.Sqlite, type).Should().BeTrue();
        DatabaseFramework.IsInShare(DatabaseProvider.PostgreSql, type).Should().BeTrue();
    }

    [Theory]
    [InlineData(typeof(MeetingPlannerTests))]
    [InlineData(typeof(SlotScenarios))]
    [InlineData(typeof(Tests.Sandbox.OAuthTests))]
    public void Tests_without_a_database_run_once(Type type)
    {
        DatabaseFramework.IsInShare(DatabaseProvider.Sqlite, type).Should().BeTrue();
        DatabaseFramework.IsInShare(DatabaseProvider.PostgreSql, type).Should().BeFalse();
    }

    [Fact]
    public void A_class_of_one_database_runs_there_and_both_run_where_none_is_chosen()
    {
        var (lite, post) = (typeof(SqliteBookingTests), typeof(PostgreSqlBookingTests));

        new[] { lite, post }.Where(type => DatabaseFramework.IsInShare(DatabaseProvider.Sqlite, type)).Should().Equal(lite);
        new[] { lite, post }.Where(type => DatabaseFramework.IsInShare(DatabaseProvider.PostgreSql, type)).Should().Equal(post);
        new[] { lite, post }.Where(type => DatabaseFramework.IsInShare(null, type)).Should().Equal(lite, post);
    }

    [Fact]
    public void No_test_is_left_out_of_both_runs()
    {
        var left = TestClasses.SelectMany(
            type => type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute))), (type, method) => (type, method))
            .Where(
                test => !Enum.GetValues<DatabaseProvider>().Any(provider => DatabaseFramework.IsInShare(provider, test.type, test.method)));

        left.Should().BeEmpty();
    }

    [Fact]
    public void Without_PostgreSQL_a_run_on_it_skips_and_one_on_SQLite_does_not()
    {
        var (type, method) = (typeof(QuotaTests), typeof(QuotaTests).GetMethods(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)[0]);

        DatabaseFramework.NeedsPostgreSql(DatabaseProvider.PostgreSql, type, method).Should().BeTrue();
        DatabaseFramework.NeedsPostgreSql(DatabaseProvider.Sqlite, type, method).Should().BeFalse();
        DatabaseFramework.NeedsPostgreSql(null, typeof(PostgreSqlBookingTests), method).Should().BeTrue();
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("Sqlite", DatabaseProvider.Sqlite)]
    [InlineData("postgresql", DatabaseProvider.PostgreSql)]
    public void The_database_is_chosen_by_one_setting(string? value, DatabaseProvider? chosen) =>
        DatabaseUnderTest.Parse(value).Should().Be(chosen);

    [Theory]
    [InlineData("oracle")]
    [InlineData("7")]
    public void A_misspelt_database_choice_is_refused(string value) =>
        FluentActions.Invoking(() => DatabaseUnderTest.Parse(value)).Should().Throw<InvalidOperationException>()
            .WithMessage("*Sqlite or PostgreSql*");
}
