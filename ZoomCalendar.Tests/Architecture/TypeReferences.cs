using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace ZoomCalendar.Tests.Architecture;

/// <summary>
/// Which types of an assembly use which others of the same assembly, read from the compiled code: signatures, bodies and attributes.
/// </summary>
internal static class TypeReferences
{
    /// <returns>Namespaces and names of the outermost types; a type's use of itself is left out.</returns>
    public static IReadOnlySet<(string FromNamespace, string From, string ToNamespace, string To)> Of(string assemblyFile)
    {
        using var module = ModuleDefinition.ReadModule(assemblyFile);
        var found = new HashSet<(string, string, string, string)>();
        foreach (var type in module.GetAllTypes())
        {
            var from = Outermost(type);
            foreach (var used in UsedBy(type).SelectMany(Parts).Where(each => each.Scope == module))
            {
                var to = Outermost(used);
                if (to.FullName != from.FullName)
                {
                    found.Add((from.Namespace, from.Name, to.Namespace, to.Name));
                }
            }
        }

        return found;
    }

    private static IEnumerable<TypeReference?> UsedBy(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(each => each.InterfaceType),
        .. type.GenericParameters.SelectMany(each => each.Constraints).Select(each => each.ConstraintType),
        .. type.Fields.Select(each => each.FieldType),
        .. type.Properties.Select(each => each.PropertyType),
        .. Attributes(type),
        .. type.Fields.SelectMany(Attributes),
        .. type.Properties.SelectMany(Attributes),
        .. type.Methods.SelectMany(Attributes),
        .. type.Methods.SelectMany(InMethod),
    ];

    private static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider owner) =>
        owner.CustomAttributes.SelectMany(attribute => (IEnumerable<TypeReference?>)
        [
            attribute.AttributeType,
            .. attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>(),
        ]);

    private static IEnumerable<TypeReference?> InMethod(MethodDefinition method)
    {
        var body = method.HasBody ? method.Body : null;
        return
        [
            .. InSignature(method),
            .. method.GenericParameters.SelectMany(each => each.Constraints).Select(each => each.ConstraintType),
            .. body?.Variables.Select(each => each.VariableType) ?? [],
            .. body?.ExceptionHandlers.Select(each => each.CatchType) ?? [],
            .. body?.Instructions.SelectMany(InInstruction) ?? [],
        ];
    }

    private static IEnumerable<TypeReference?> InInstruction(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [.. InSignature(method), method.DeclaringType, .. method.GenericArguments],
        MethodReference method => [.. InSignature(method), method.DeclaringType],
        _ => [],
    };

    private static IEnumerable<TypeReference?> InSignature(MethodReference method) =>
        [method.ReturnType, .. method.Parameters.Select(each => each.ParameterType)];

    /// <summary>A constructed type is made of others: List&lt;Slot&gt; names List and Slot.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification special => Parts(special.ElementType),
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }
}
