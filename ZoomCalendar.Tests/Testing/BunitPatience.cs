using System.Runtime.CompilerServices;
using Bunit;

namespace ZoomCalendar.Tests.Testing;

/// <summary>A component has as long as a page in a browser to show what a test waits for: other tests may be using the machine.</summary>
internal static class BunitPatience
{
    [ModuleInitializer]
    internal static void Set() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(45);
}
