using System.Globalization;

namespace GnMlNet.Fuzzing;

/// <summary>How many mutants the build looks at: a thousand of each kind of file, or as many as GNMLNET_MUTANTS says.</summary>
internal static class Mutants
{
    internal static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("GNMLNET_MUTANTS"), CultureInfo.InvariantCulture, out int count) ? count : 1000;

    /// <summary>Where mutants that were confirmed are kept for a look from outside, or null: GNMLNET_MUTANTS_FOLDER.</summary>
    internal static string? Folder { get; } = Environment.GetEnvironmentVariable("GNMLNET_MUTANTS_FOLDER");
}
