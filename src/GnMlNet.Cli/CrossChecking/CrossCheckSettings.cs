using GnMlNet.Cli.Tables;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>What <c>gnml crosscheck</c> was asked for.</summary>
/// <param name="Trace">A trace to check, or null.</param>
/// <param name="Model">A model to check, or null.</param>
/// <param name="Table">The rows for the model, or a table to train a network on.</param>
/// <param name="MostRows">How many rows of it at most.</param>
/// <param name="Bits">The fraction bits to begin with.</param>
/// <param name="Every">Every how many iterations.</param>
/// <param name="WithTrajectory">Whether the exact trajectory is followed, too.</param>
/// <param name="Folder">The folder to write to.</param>
internal sealed record CrossCheckSettings(string? Trace, string? Model, TableSettings Table, int MostRows, int Bits, int Every, bool WithTrajectory, string Folder);
