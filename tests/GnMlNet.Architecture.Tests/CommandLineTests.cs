using System.Reflection;
using System.Text.RegularExpressions;
using GnMlNet.Core.Training;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace GnMlNet.Architecture.Tests;

/// <summary>What the compiled code of <c>gnml</c> names: one folder alone goes beyond the public surface of the core and of the ML.NET face, and beyond one thread and plain numbers.</summary>
public partial class CommandLineTests
{
    private const string Home = "GnMlNet.Cli.Internals";

    private static readonly string[] Guarded = [typeof(NetworkTraining).Assembly.GetName().Name!, typeof(GaussNewtonRegressionTrainer).Assembly.GetName().Name!];

    [Fact]
    public void What_the_core_does_not_publish_is_named_in_one_folder_of_the_command_line_alone() => Outside(Uses(IsHidden)).Should().BeEmpty();

    [Fact]
    public void Vector_instructions_pointers_and_threads_live_in_that_folder_alone() => Outside(Uses(IsHardware)).Should().BeEmpty();

    [Fact]
    public void Both_are_found_in_that_folder()
    {
        Uses(IsHidden).Should().Contain(use => use.Space == Home);
        Uses(IsHardware).Should().Contain(use => use.Space == Home);
    }

    private static IEnumerable<string> Outside(IEnumerable<(string Space, string Text)> uses) => uses.Where(use => use.Space != Home).Select(use => use.Text);

    private static List<(string Space, string Text)> Uses(Func<MemberReference, bool> isMeant)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Assembly.Load("gnml").Location);
        return [.. from type in module.GetAllTypes()
            from use in CompiledCode.NamedBy(type)
            where isMeant(use)
            select (CompiledCode.Outermost(type).Namespace, $"{type.FullName} names {use.FullName}")];
    }

    private static bool IsHidden(MemberReference use) => Guarded.Contains((use as TypeReference ?? use.DeclaringType)?.Scope?.Name) && !IsPublic(use);

    private static bool IsPublic(MemberReference use) => use switch
    {
        TypeReference type => type.Resolve() is { } known && (known.IsPublic || (known.IsNestedPublic && IsPublic(known.DeclaringType))),
        FieldReference field => field.Resolve() is { IsPublic: true },
        MethodReference method => method.Resolve() is { IsPublic: true },
        _ => true,
    };

    // A full name tells the types of parameters, fields and results, too.
    private static bool IsHardware(MemberReference use) => Hardware().IsMatch(use.FullName);

    [GeneratedRegex(@"System\.Runtime\.Intrinsics\.|System\.Numerics\.Vector`1|System\.Threading\.(Thread|ThreadPool|Tasks\.Parallel)\b|\*")]
    private static partial Regex Hardware();
}
