using System.Reflection;
using System.Text.RegularExpressions;
using GnMlNet.Core.Training;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace GnMlNet.Architecture.Tests;

/// <summary>What <c>gnml</c> may name: the public surface of the core and of the ML.NET face, but for one folder.</summary>
public partial class CommandLineTests
{
    private const string Home = "GnMlNet.Cli.Internals";

    [Fact]
    public void Only_one_folder_of_the_command_line_names_what_the_core_does_not_publish() => HiddenNames().Where(use => use.Space != Home).Select(use => use.Text).Should().BeEmpty();

    [Fact]
    public void That_folder_is_needed() => HiddenNames().Should().Contain(use => use.Space == Home);

    [Fact]
    public void Vector_instructions_pointers_and_threads_live_in_that_folder_alone() =>
        Repository.Sources("src/GnMlNet.Cli").Where(file => Hardware().IsMatch(file.Text)).Select(file => Path.GetDirectoryName(file.Path)).Should().OnlyContain(folder => folder == "src/GnMlNet.Cli/Internals");

    /// <summary>Every use of a type or member of the core or of the ML.NET face that is not public.</summary>
    private static IEnumerable<(string Space, string Text)> HiddenNames()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Assembly.Load("gnml").Location);
        string[] guarded = [typeof(NetworkTraining).Assembly.GetName().Name!, typeof(GaussNewtonRegressionTrainer).Assembly.GetName().Name!];
        return [.. from type in module.GetAllTypes()
            from use in NamedBy(type)
            where guarded.Contains(ScopeOf(use)) && !IsPublic(use)
            select (SpaceOf(type), $"{type.FullName} names {use.FullName}")];
    }

    private static string? ScopeOf(MemberReference use) => (use as TypeReference ?? use.DeclaringType)?.Scope?.Name;

    private static string SpaceOf(TypeReference type) => type.DeclaringType is null ? type.Namespace : SpaceOf(type.DeclaringType);

    private static IEnumerable<MemberReference> NamedBy(TypeDefinition type) =>
    [
        .. Parts(type.BaseType),
        .. type.Interfaces.SelectMany(implemented => Parts(implemented.InterfaceType)),
        .. type.Fields.SelectMany(field => Parts(field.FieldType)),
        .. type.Methods.SelectMany(Signature),
        .. type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions).SelectMany(NamedBy),
        .. type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Variables).SelectMany(variable => Parts(variable.VariableType)),
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

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [.. Parts(generic.ElementType), .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static bool IsPublic(MemberReference use) => use switch
    {
        TypeReference type => type.Resolve() is { } known && (known.IsPublic || (known.IsNestedPublic && IsPublic(known.DeclaringType))),
        FieldReference field => field.Resolve() is { IsPublic: true },
        MethodReference method => method.Resolve() is { IsPublic: true },
        _ => true,
    };

    [GeneratedRegex(@"System\.Runtime\.Intrinsics|\bVector(64|128|256|512)?<|\bunsafe\b|\bParallel\.|new Thread\b|ThreadPool")]
    private static partial Regex Hardware();
}
