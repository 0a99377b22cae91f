using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;

namespace ZoomCalendar.Tests.Architecture;

/// <summary>Conventions that hold everywhere.</summary>
public sealed partial class HouseRuleTests
{
    private static readonly Assembly Core = typeof(ZoomCalendarContext).Assembly;
    // They wait for requests in flight while the app stops.
    private static readonly string[] Unstoppable =
        ["ZoomCalendar.Core.Reconciliation.MeetingReconciler.DrainAsync", "ZoomCalendar.Core.Webhooks.WebhookSender.DrainAsync"];

    private static readonly Assembly[] Ours = [Core, typeof(SandboxServer).Assembly, typeof(Program).Assembly];

    [Fact]
    public void No_code_reads_the_machines_clock()
    {
        string[] projects =
            ["ZoomCalendar.Core", "ZoomCalendar.Web", "ZoomCalendar.Sandbox", "ZoomCalendar.Tests", "ZoomCalendar.Benchmarks"];

        projects.SelectMany(Sources.Of).Where(file => MachineClock().IsMatch(file.Text)).Select(file => file.Path).Should().BeEmpty();
    }

    [Fact]
    public void Time_zones_come_from_NodaTime() =>
        new[] { "ZoomCalendar.Core", "ZoomCalendar.Web" }.SelectMany(Sources.Of).Where(file => MachineZones().IsMatch(file.Text))
            .Select(file => file.Path).Should().BeEmpty();

    [Fact]
    public void Classes_are_sealed_unless_something_derives_from_them()
    {
        var types = Ours.SelectMany(assembly => assembly.GetTypes()).Where(IsWritten).ToList();
        var bases = types.Select(type => type.BaseType).OfType<Type>().Select(Open).ToHashSet();

        types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !bases.Contains(Open(type)))
            .Select(type => type.FullName).Should().BeEmpty();
    }

    [Fact]
    public void Methods_that_return_a_task_end_in_Async() =>
        Ours.SelectMany(assembly => assembly.GetTypes()).Where(IsWritten)
            .SelectMany(Methods)
            .Where(method => IsTask(method.ReturnType) && !method.Name.EndsWith("Async", StringComparison.Ordinal))
            .Select(Name).Should().BeEmpty();

    [Fact]
    public void Asynchronous_methods_of_Core_accept_a_cancellation_token() =>
        Core.GetTypes().Where(IsWritten)
            .SelectMany(Methods)
            .Where(method => IsTask(method.ReturnType) && !method.IsPrivate && !CanBeStopped(method))
            .Select(Name).Except(Unstoppable).Should().BeEmpty();

    // Nobody awaits such a handler: an exception in it ends the whole process.
    [Fact]
    public void No_event_has_an_asynchronous_handler() =>
        new[] { "ZoomCalendar.Core", "ZoomCalendar.Web", "ZoomCalendar.Sandbox", "ZoomCalendar.Tests" }.SelectMany(Sources.Of)
            .Where(file => AsynchronousHandler().IsMatch(file.Text)).Select(file => file.Path).Should().BeEmpty();

    [GeneratedRegex(@"\+=\s+async\b|\basync\s+void\b")]
    private static partial Regex AsynchronousHandler();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b")]
    private static partial Regex MachineClock();

    [GeneratedRegex(@"\bTimeZoneInfo\b|\bToLocalTime\b|DateTimeZoneProviders\.Bcl")]
    private static partial Regex MachineZones();

    private static Type Open(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static bool IsWritten(Type type) =>
        !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: true)
        && !type.Name.Contains('<') && type.Name != "_Imports" && type.DeclaringType?.Name.Contains('<') is not true
        && !typeof(IComponent).IsAssignableFrom(type)
        && !typeof(Migration).IsAssignableFrom(type) && !typeof(ModelSnapshot).IsAssignableFrom(type)
        && type.Namespace?.StartsWith("ZoomCalendar", StringComparison.Ordinal) is true;

    /// <summary>Methods that are neither overrides nor required by a foreign interface.</summary>
    private static IEnumerable<MethodInfo> Methods(Type type)
    {
        const BindingFlags all =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var foreign = type.IsInterface ? [] : type.GetInterfaces().Where(face => !Ours.Contains(face.Assembly))
            .SelectMany(face => type.GetInterfaceMap(face).TargetMethods).ToHashSet();
        return type.GetMethods(all).Where(method =>
            !method.IsSpecialName && !method.Name.Contains('<') && !method.Name.Contains('.')
            && method.Name != "Main" && method.GetBaseDefinition() == method && !foreign.Contains(method)
            && !typeof(Delegate).IsAssignableFrom(type));
    }

    private static bool IsTask(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
            || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    /// <summary>By its last parameter (optional ones may follow), or because the scope it works in carries the token.</summary>
    private static bool CanBeStopped(MethodInfo method)
    {
        var parameters = method.GetParameters();
        return parameters.LastOrDefault(parameter => !parameter.IsOptional)?.ParameterType == typeof(CancellationToken)
            || parameters.Any(parameter => CarriesToken(parameter.ParameterType))
            || CarriesToken(method.DeclaringType!);
    }

    private static bool CarriesToken(Type type) =>
        type.Assembly == Core
        && type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            .Any(field => field.FieldType == typeof(CancellationToken));

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
