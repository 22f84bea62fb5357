namespace GnMlNet.Cli.CrossChecking;

/// <summary>Everything that was checked.</summary>
/// <param name="Runs">The runs, and the networks of a model.</param>
/// <param name="Blocks">The members of a model's kernel block.</param>
internal sealed record CrossCheckOutcome(IReadOnlyList<CrossCheckResult> Runs, IReadOnlyList<BlockCheckResult> Blocks)
{
    /// <summary>Whether all that is promised holds.</summary>
    internal bool Holds => Runs.All(run => run.Holds) && Blocks.All(block => block.Holds);
}
