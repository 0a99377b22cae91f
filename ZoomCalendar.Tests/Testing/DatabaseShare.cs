using System.Collections.Concurrent;
using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>Which classes touch a database: those whose code reaches, directly or by other code of this assembly, what opens one.</summary>
internal static class DatabaseShare
{
    private static readonly HashSet<string> Databases =
        [typeof(TestDatabase).FullName!, typeof(AppHost).FullName!, typeof(AppProcess).FullName!, typeof(PostgreSqlServer).FullName!,
            typeof(ZoomCalendarContext).FullName!];

    private static readonly Lazy<Dictionary<string, HashSet<string>>> Mentions = new(ReadAssembly);

    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);

    public static bool Touches(Type type) => Known.GetOrAdd(type.FullName!, Reaches);

    private static bool Reaches(string start)
    {
        var (seen, next) = (new HashSet<string>(StringComparer.Ordinal) { start }, new Stack<string>([start]));
        while (next.TryPop(out var name))
        {
            foreach (var mentioned in Mentions.Value.GetValueOrDefault(name, []))
            {
                if (Databases.Contains(mentioned))
                {
                    return true;
                }

                if (seen.Add(mentioned))
                {
                    next.Push(mentioned);
                }
            }
        }

        return false;
    }

    private static Dictionary<string, HashSet<string>> ReadAssembly()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(Assembly.GetExecutingAssembly().Location);
        return assembly.MainModule.Types.ToDictionary(
            type => type.FullName, type => MentionsOf(type).Select(Outermost).ToHashSet(), StringComparer.Ordinal);
    }

    // A lambda or an async method is a type inside the one that wrote it.
    private static IEnumerable<TypeReference> MentionsOf(TypeDefinition type) =>
    [
        .. Parts(type.BaseType),
        .. type.Interfaces.SelectMany(implemented => Parts(implemented.InterfaceType)),
        .. type.Fields.SelectMany(field => Parts(field.FieldType)),
        .. type.Methods.SelectMany(MentionsOf),
        .. type.NestedTypes.SelectMany(MentionsOf),
    ];

    private static IEnumerable<TypeReference> MentionsOf(MethodDefinition method) =>
    [
        .. Parts(method.ReturnType),
        .. method.Parameters.SelectMany(parameter => Parts(parameter.ParameterType)),
        .. method.HasBody ? method.Body.Variables.SelectMany(variable => Parts(variable.VariableType)) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(MentionsOf) : [],
    ];

    private static IEnumerable<TypeReference> MentionsOf(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => Parts(type),
        GenericInstanceMethod method =>
            [.. Parts(method.DeclaringType), .. method.GenericArguments.SelectMany(Parts), .. Parts(method.ReturnType)],
        MethodReference method => [.. Parts(method.DeclaringType), .. Parts(method.ReturnType)],
        FieldReference field => [.. Parts(field.DeclaringType), .. Parts(field.FieldType)],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specified => Parts(specified.ElementType),
        _ => [type],
    };

    private static string Outermost(TypeReference type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        return type.FullName;
    }
}
