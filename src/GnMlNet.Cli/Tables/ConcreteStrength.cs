namespace GnMlNet.Cli.Tables;

/// <summary>The compressive strength of concrete (Yeh 1998), the other table that comes with the program; data/README.md says what its columns are.</summary>
internal static class ConcreteStrength
{
    /// <summary>The file with its label, all other columns being features.</summary>
    internal static TableSettings Settings => TableSettings.Of(Path.Combine(AppContext.BaseDirectory, "data", "concrete.csv"), "compressive_strength");
}
