using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace GnMlNet.Architecture.Tests;

/// <summary>
/// Which folders of a project lean on which: an arrow where a type of one is named by the compiled code of the other, its namespace by a using directive, or one of
/// its constants in the text, since these leave no trace in compiled code. A namespace of others, into which a project puts an extension, is none of its folders. Folders are namespaces below the project's own, the project's root is ".".
/// </summary>
internal sealed partial class FolderGraph
{
    internal const string Root = ".";

    private readonly Dictionary<(string From, string To), string> _arrows = [];

    private FolderGraph()
    {
    }

    /// <summary>Reads the folders of a compiled project and of its sources.</summary>
    /// <param name="project">The project's namespace.</param>
    /// <param name="assembly">The path of the assembly.</param>
    /// <param name="sources">The project's files.</param>
    internal static FolderGraph Read(string project, string assembly, IEnumerable<(string Path, string Text)> sources)
    {
        var graph = new FolderGraph();
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
        foreach (TypeDefinition type in module.GetAllTypes().Where(type => !IsMadeByCompiler(type)))
        {
            foreach (TypeReference used in CompiledCode.NamedBy(type).OfType<TypeReference>().Where(used => used is not TypeSpecification && used.Scope == module && !IsMadeByCompiler(used)))
                graph.Add(FolderOf(CompiledCode.Outermost(type).Namespace, project), FolderOf(CompiledCode.Outermost(used).Namespace, project), $"{type.FullName} names {used.FullName}");
        }

        ILookup<string, (string Path, string Text)> spaces = sources.ToLookup(file => DeclaredNamespace().Match(file.Text).Groups[1].Value);
        foreach (IGrouping<string, (string Path, string Text)> space in spaces)
        {
            foreach ((string path, string text) in space)
            {
                // A namespace of others to which the project adds a type is no folder of its own.
                foreach (string used in UsingDirective().Matches(text).Select(match => match.Groups[1].Value).Where(used => IsWithin(used, project) && spaces.Contains(used)))
                    graph.Add(FolderOf(space.Key, project), FolderOf(used, project), $"{path} is using {used}");
                foreach (TypeDefinition type in module.Types.Where(type => !type.IsEnum && type.Fields.Any(field => field.HasConstant && !field.IsPrivate)))
                {
                    if (type.Fields.Any(field => field.HasConstant && text.Contains($"{type.Name}.{field.Name}", StringComparison.Ordinal)))
                        graph.Add(FolderOf(space.Key, project), FolderOf(type.Namespace, project), $"{path} names constants of {type.FullName}");
                }
            }
        }

        return graph;
    }

    /// <summary>All arrows.</summary>
    internal IEnumerable<(string From, string To)> Arrows => _arrows.Keys;

    /// <summary>Arrows that go round in circles, each with what draws it; empty where folders form no cycle.</summary>
    internal IEnumerable<string> Cycles() =>
        from arrow in _arrows
        where Reaches(arrow.Key.To, arrow.Key.From)
        orderby arrow.Key.From, arrow.Key.To
        select $"{arrow.Key.From} -> {arrow.Key.To}: {arrow.Value}";

    private void Add(string from, string to, string reason)
    {
        if (from != to) _arrows.TryAdd((from, to), reason);
    }

    private bool Reaches(string from, string to)
    {
        HashSet<string> seen = [from];
        var open = new Stack<string>(seen);
        while (open.TryPop(out string? folder))
        {
            if (folder == to) return true;
            foreach (string next in _arrows.Keys.Where(arrow => arrow.From == folder).Select(arrow => arrow.To).Where(seen.Add)) open.Push(next);
        }

        return false;
    }

    private static bool IsWithin(string space, string project) => space == project || space.StartsWith(project + ".", StringComparison.Ordinal);

    private static string FolderOf(string space, string project) => space.Length > project.Length && IsWithin(space, project) ? space[(project.Length + 1)..] : Root;

    // Closures count where they stand; what the compiler, or Orleans' part of it, makes for a whole assembly stands nowhere.
    private static bool IsMadeByCompiler(TypeReference type) => CompiledCode.Outermost(type) is { } outermost && (outermost.Name.StartsWith('<') || outermost.Namespace.StartsWith("OrleansCodeGen.", StringComparison.Ordinal));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex DeclaredNamespace();

    // That of a type, using static, names the namespace of the type.
    [GeneratedRegex(@"^using (?:\w+ = |static (?=[\w.]+\.\w+;))?([\w.]+?)(?:(?<=static [\w.]+)\.\w+)?;", RegexOptions.Multiline)]
    private static partial Regex UsingDirective();
}
