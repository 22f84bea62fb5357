using Mono.Cecil;

namespace GnMlNet.Tests;

/// <summary>
/// The adapter binds to members that ML.NET does not publish. BoundInternals.txt lists them, so that an update of ML.NET that drops one
/// is seen here, by name, and not by a user.
/// </summary>
public class BoundInternalsTests
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(GaussNewtonRegressionTrainer).Assembly.Location)!;

    [Fact]
    public void Every_internal_that_the_adapter_binds_to_is_in_the_list_and_exists()
    {
        (IReadOnlyList<string> bound, IReadOnlyList<string> missing) = BoundInternals.Of(typeof(GaussNewtonRegressionTrainer).Assembly.Location, Folder);
        missing.Should().BeEmpty();
        string[] listed = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "BoundInternals.txt")).Where(line => line.Length > 0)];
        bound.Should().Equal(listed, "BoundInternals.txt lists what the adapter binds to; update it together with the adapter");
    }

    [Theory]
    [InlineData("Microsoft.ML.Core", "Microsoft.ML.Runtime.IHost", "Register", false)]
    [InlineData("Microsoft.ML.Data", "Microsoft.ML.Trainers.FloatLabelCursor", "BadLabelCount", true)]
    public void An_internal_that_is_gone_is_reported_by_name(string assembly, string type, string member, bool isProperty)
    {
        string damaged = Directory.CreateTempSubdirectory("gnmlnet-internals").FullName;
        try
        {
            foreach (string path in Directory.GetFiles(Folder, "Microsoft.ML*.dll")) File.Copy(path, Path.Combine(damaged, Path.GetFileName(path)));
            RenameMember(Path.Combine(Folder, assembly + ".dll"), Path.Combine(damaged, assembly + ".dll"), type, member, isProperty);
            BoundInternals.Of(typeof(GaussNewtonRegressionTrainer).Assembly.Location, damaged).Missing.Should().Contain(name => name.Contains(member));
        }
        finally
        {
            Directory.Delete(damaged, recursive: true);
        }
    }

    private static void RenameMember(string source, string target, string typeName, string member, bool isProperty)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Folder);
        using ModuleDefinition module = ModuleDefinition.ReadModule(source, new ReaderParameters { AssemblyResolver = resolver });
        IEnumerable<MethodDefinition> methods = module.GetTypes().Where(t => typeName.EndsWith("IHost", StringComparison.Ordinal) || t.FullName == typeName).SelectMany(t => t.Methods);
        List<MethodDefinition> renamed = [.. methods.Where(m => m.Name == (isProperty ? "get_" + member : member))];
        renamed.Should().NotBeEmpty();
        foreach (MethodDefinition method in renamed) method.Name += "Renamed";
        module.Write(target);
    }
}
