namespace GnMlNet.Cluster.Processes;

/// <summary>A program that runs a silo when it is given the words of <c>gnml silo</c>.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its words before those.</param>
internal sealed record SiloProgram(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>Variables of its environment that differ from those of this process.</summary>
    internal IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The program that runs in this process.</summary>
    internal static SiloProgram This()
    {
        string process = System.Environment.ProcessPath!;
        // Where no program was made for the machine, dotnet runs the assembly.
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? new SiloProgram(process, [System.Environment.GetCommandLineArgs()[0]]) : new SiloProgram(process, []);
    }
}
