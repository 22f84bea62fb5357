using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GnMlNet.Package.Tests;

/// <summary>Programs of one file, as documentation shows them, compiled as a console project with default settings would.</summary>
internal static class Sample
{
    /// <summary>The assembly that a program becomes.</summary>
    internal const string AssemblyName = "Consumer";

    // A project does not warn of libraries that were built with an earlier version of the framework.
    private static readonly KeyValuePair<string, ReportDiagnostic>[] s_options = [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)];

    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    /// <summary>Compiles a program.</summary>
    /// <param name="program">Its text.</param>
    /// <param name="folder">The folder of the libraries that it may use, and where it goes.</param>
    /// <returns>Errors and warnings, a line each.</returns>
    internal static string Compile(string program, string folder)
    {
        string[] framework = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll"), libraries = Directory.GetFiles(folder, "*.dll");
        var compilation = CSharpCompilation.Create(
            AssemblyName,
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(program)],
            from file in framework.Concat(libraries.Where(file => Path.GetFileNameWithoutExtension(file) != AssemblyName)) where IsManaged(file) select MetadataReference.CreateFromFile(file),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release, specificDiagnosticOptions: s_options));
        return string.Join('\n', compilation.Emit(Path.Combine(folder, AssemblyName + ".dll")).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    private static bool IsManaged(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = new System.Reflection.PortableExecutable.PEReader(stream);
        return reader.HasMetadata;
    }
}
