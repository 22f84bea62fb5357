namespace GnMlNet.Package.Tests;

/// <summary>
/// A console project outside the repository, built from the packages in a folder feed with a package cache of its own,
/// so that nothing in the repository or left on the machine can hide a break.
/// </summary>
public abstract class PackageConsumer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gnmlnet-consumer").FullName;

    /// <summary>Builds the project.</summary>
    /// <param name="packages">The packages that it references, of any version where none is named.</param>
    protected PackageConsumer(params (string Name, string Version)[] packages)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "Consumer"), references = string.Concat(packages.Select(package => $"<PackageReference Include=\"{package.Name}\" Version=\"{package.Version}\" />"));
        File.WriteAllText(Path.Combine(_folder, "Consumer.csproj"), File.ReadAllText(Path.Combine(source, "Consumer.csproj.txt")).Replace("REFERENCES", references, StringComparison.Ordinal));
        File.Copy(Path.Combine(source, "Program.cs.txt"), Path.Combine(_folder, "Program.cs"));
        WriteFeed(_folder);
        BuildOutput = Command.Run(_folder, "dotnet", "build", "-c", "Release", "--packages", Path.Combine(_folder, "packages"));
    }

    /// <summary>What the build printed.</summary>
    public string BuildOutput { get; }

    /// <summary>The folder of the project.</summary>
    public string Folder => _folder;

    /// <summary>Puts another program in the place of the project's, compiled with the packages that it was built with.</summary>
    /// <returns>What the compiler has to say: nothing where all is well.</returns>
    internal string Replace(string program) => Sample.Compile(program, Output);

    /// <summary>Runs the program in a process of its own and returns what it printed.</summary>
    public string RunProgram(params string[] arguments) => Command.Run(_folder, "dotnet", [Path.Combine(Output, Sample.AssemblyName + ".dll"), .. arguments]);

    private string Output => Path.Combine(_folder, "bin", "Release", "net10.0");

    /// <inheritdoc/>
    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a folder's projects find the packages.</summary>
    internal static void WriteFeed(string folder) => File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
        <configuration>
          <packageSources><add key="GnMlNet" value="{PackageFeed.Folder}" /></packageSources>
        </configuration>
        """);
}
