using Xunit.Abstractions;
using ZoomCalendar.Tests.Screens;

[assembly: TestCollectionOrderer("ZoomCalendar.Tests.Testing.LongestCollectionFirst", "ZoomCalendar.Tests")]

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// Starts the collection of the screens first. Its tests share a host and run one after another for some minutes: started late, the other
/// processor would have nothing to do at the end.
/// </summary>
internal sealed class LongestCollectionFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => collection.DisplayName == nameof(ScreenTestHost))
            .ThenBy(collection => collection.UniqueID);
}
