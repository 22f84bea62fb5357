namespace GnMlNet.Reference.Traces;

/// <summary>An inexact step between Gauss-Newton's and Newton's, (A + C+ + mu D) s = -g - remainder, beside what every step has.</summary>
public sealed record RecordedInexactStep
{
    /// <summary>Which multiple of s was taken, positive.</summary>
    public required double Share { get; init; }

    /// <summary>What s leaves of the right side, as the run computed it; p numbers.</summary>
    public required double[] Remainder { get; init; }

    /// <summary>C+: of every hidden unit the lower triangle of a symmetric matrix of its input weights, bias and output weight, row by row; empty where it took no part.</summary>
    public required double[] ResidualCurvature { get; init; }

    /// <summary>How many iterates before the one where the step begins J^T W J of the last evidence was made, or -1.</summary>
    public int InverseAge { get; init; } = -1;

    /// <summary>The directions with less damping that were rejected, in order; one that could not be computed is empty.</summary>
    public IReadOnlyList<double[]> RejectedDirections { get; init; } = [];

    /// <summary>The length of <see cref="ResidualCurvature"/> where it took part.</summary>
    internal static long CurvatureCount(int inputs, int units) => (inputs + 2L) * (inputs + 3L) / 2 * units;
}
