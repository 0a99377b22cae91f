namespace ZoomCalendar.Sandbox;

// Namespaced and not top-level: the Web project references this one, and two global Program classes would clash.
internal static class Program
{
    private static void Main(string[] args) => WebApplication.CreateBuilder(args).Build().Run();
}
