using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GnMlNet.Architecture.Tests;

/// <summary>What compiled code names.</summary>
internal static class CompiledCode
{
    /// <summary>The types, methods and fields that a type names: those that it is made of and those in its methods. Constants leave no trace.</summary>
    internal static IEnumerable<MemberReference> NamedBy(TypeDefinition type) =>
    [
        .. Parts(type.BaseType),
        .. type.Interfaces.SelectMany(implemented => Parts(implemented.InterfaceType)),
        .. type.CustomAttributes.SelectMany(attribute => Parts(attribute.AttributeType)),
        .. type.GenericParameters.SelectMany(Bounds),
        .. type.Fields.SelectMany(field => Parts(field.FieldType)),
        .. type.Methods.SelectMany(method => Signature(method).Concat(method.GenericParameters.SelectMany(Bounds))),
        .. type.Methods.Where(method => method.HasBody).SelectMany(method => NamedBy(method.Body)),
    ];

    /// <summary>The type at the top level that a type stands in.</summary>
    internal static TypeReference Outermost(TypeReference type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    private static IEnumerable<MemberReference> NamedBy(MethodBody body) =>
    [
        .. body.Variables.SelectMany(variable => Parts(variable.VariableType)),
        .. body.ExceptionHandlers.SelectMany(handler => Parts(handler.CatchType)),
        .. body.Instructions.SelectMany(NamedBy),
    ];

    private static IEnumerable<MemberReference> NamedBy(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => Parts(type),
        FieldReference field => [field, .. Parts(field.DeclaringType), .. Parts(field.FieldType)],
        MethodReference method => [method, .. Parts(method.DeclaringType), .. Signature(method)],
        _ => [],
    };

    private static IEnumerable<TypeReference> Signature(MethodReference method) =>
    [
        .. Parts(method.ReturnType),
        .. method.Parameters.SelectMany(parameter => Parts(parameter.ParameterType)),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments.SelectMany(Parts) : [],
    ];

    private static IEnumerable<TypeReference> Bounds(GenericParameter parameter) => parameter.Constraints.SelectMany(constraint => Parts(constraint.ConstraintType));

    /// <summary>A type with its element, arguments and modifiers, as far down as they go.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [.. Parts(generic.ElementType), .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specification => [type, .. Parts(specification.ElementType)],
        _ => [type],
    };
}
