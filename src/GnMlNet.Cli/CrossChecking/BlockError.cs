using GnMlNet.Balls;
using GnMlNet.Reference.Blocks;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>A certified error of a kernel block.</summary>
/// <param name="Quantity">Of what, for programs.</param>
/// <param name="Name">Of what, for people.</param>
/// <param name="Error">The error: relative, or for predictions in deviations of the label.</param>
/// <param name="Bound">What error analysis promises, or null where it promises nothing.</param>
/// <param name="Count">Of how many such errors it is the greatest.</param>
internal sealed record BlockError(string Quantity, string Name, CertifiedFigure Error, double? Bound, int Count)
{
    /// <summary>The error in units of 2^-53.</summary>
    internal double Ulps => Error.Greatest * (1L << 53);

    /// <summary>Whether the error is at most what is promised.</summary>
    internal Verdict IsWithinBound => Bound is { } bound ? Error.IsAtMost(bound) : Verdict.Undecided;
}
