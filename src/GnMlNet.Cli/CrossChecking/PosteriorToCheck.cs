using GnMlNet.Reference.Blocks;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The variances of a member of a kernel block that are to be checked.</summary>
/// <param name="Member">Its number in the block, from 1.</param>
/// <param name="Posterior">What they are computed from.</param>
/// <param name="Rows">The rows as the member sees them, one behind the other.</param>
/// <param name="Variances">What the fast path computes at each.</param>
internal sealed record PosteriorToCheck(int Member, RecordedPosterior Posterior, double[] Rows, double[] Variances);
