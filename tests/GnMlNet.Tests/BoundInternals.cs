using Mono.Cecil;

namespace GnMlNet.Tests;

/// <summary>Finds the members of ML.NET that an assembly binds to and that are not public.</summary>
internal static class BoundInternals
{
    /// <param name="assembly">The assembly that binds.</param>
    /// <param name="folder">Where ML.NET's assemblies are looked for.</param>
    internal static (IReadOnlyList<string> Bound, IReadOnlyList<string> Missing) Of(string assembly, string folder)
    {
        using var resolver = new DefaultAssemblyResolver();
        foreach (string searched in resolver.GetSearchDirectories()) resolver.RemoveSearchDirectory(searched);
        resolver.AddSearchDirectory(folder);
        resolver.AddSearchDirectory(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly, new ReaderParameters { AssemblyResolver = resolver });

        var bound = new SortedSet<string>(StringComparer.Ordinal);
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (TypeReference type in module.GetTypeReferences().Where(IsMicrosoftML))
        {
            if (type.Resolve() is not { } definition) missing.Add($"type {type.FullName}");
            else if (!IsPublic(definition)) bound.Add($"type {definition.FullName}");
        }

        foreach (MemberReference member in module.GetMemberReferences().Where(member => IsMicrosoftML(member.DeclaringType.GetElementType())))
        {
            IMemberDefinition? definition = member is MethodReference method ? method.Resolve() : ((FieldReference)member).Resolve();
            if (definition is null) missing.Add($"member {member.FullName}");
            else if (!IsPublic(definition)) bound.Add($"member {definition.FullName}");
        }

        foreach (MethodDefinition overriding in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.IsVirtual && !method.IsNewSlot && IsMicrosoftML(method.DeclaringType.BaseType?.GetElementType())))
        {
            if (Overridden(overriding) is not { } definition) missing.Add($"override {overriding.FullName}");
            else if (definition.IsAssembly || definition.IsFamilyAndAssembly) bound.Add($"override {definition.FullName}");
        }

        return ([.. bound], [.. missing]);
    }

    private static bool IsMicrosoftML(TypeReference? type) => type?.Scope.Name.StartsWith("Microsoft.ML", StringComparison.Ordinal) ?? false;

    private static bool IsPublic(TypeDefinition type) => type.IsPublic || (type.IsNestedPublic && IsPublic(type.DeclaringType));

    private static bool IsPublic(IMemberDefinition member) => IsPublic(member.DeclaringType) && member switch
    {
        MethodDefinition method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldDefinition field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        _ => true,
    };

    private static MethodDefinition? Overridden(MethodDefinition method)
    {
        for (TypeDefinition? type = method.DeclaringType.BaseType?.Resolve(); type is not null; type = type.BaseType?.Resolve())
        {
            MethodDefinition? found = type.Methods.FirstOrDefault(candidate => candidate.IsVirtual && candidate.Name == method.Name && candidate.Parameters.Count == method.Parameters.Count);
            if (found is not null) return found;
        }

        return null;
    }
}
