namespace GnMlNet.Core.Training;

/// <summary>
/// Evidence regularization (MacKay 1992; Foresee and Hagan 1997): the penalty adapts while training goes on, to what the rows themselves say about
/// their noise and about the size of the weights. The objective is
/// <code>
/// F = b/2 sum_j n w_j r_j^2 + 1/2 sum_i a_g(i) theta_i^2 = (b n / 2) E   with   lambda_i = a_g(i) / (b n) in E(theta) of PenalizedObjective,
/// </code>
/// and a and b are the re-estimates that make the evidence, the probability of the labels given a and b, stationary:
/// <list type="table">
/// <listheader><term>symbol</term><description>here</description></listheader>
/// <item><term>a_g</term><description><see cref="Precision"/> of the weights of a group; a weight is about 1/sqrt(a_g) large</description></item>
/// <item><term>b</term><description><see cref="NoisePrecision"/>: 1/b is the variance of the noise</description></item>
/// <item><term>n</term><description>the rows' total weight; a weight of 2 counts as two rows</description></item>
/// <item><term>gamma_g</term><description>N_g - a_g tr_g((b J^T J + diag a)^-1) = N_g - lambda_g tr_g(A^-1), how many parameters of the group the rows determine</description></item>
/// </list>
/// The rules are a_g = gamma_g / |theta_g|^2 and b = (n - gamma) / sum_j n w_j r_j^2. Input columns are shrunk toward what they have in common by a
/// gamma prior on their precisions, so that irrelevant ones fade but none is ruled out by chance.
/// A small state machine that sees only numbers.
/// </summary>
internal sealed class EvidencePolicy
{
    // The first steps find the shape of the function under a firm penalty. The first re-estimates take its rough fit for all that there is to know and leave few parameters free; these then grow with the fit, which ends
    // in better minima than a start with all of them free.
    private const int FirstIteration = 5;
    private const int LastOfEvery = 30;
    private const int Interval = 2;

    private const double InitialPrecision = 30;

    // The noise is taken for a tenth of the label's variance at first, and for less on so few rows that lambda would exceed the greatest initial penalty:
    // taken for more, a signal that is not nearly linear looks like noise, the penalty drives the network to zero, and a network at zero stays there.
    private const double InitialNoisePrecision = 10;
    private const double GreatestInitialPenalty = 0.01;

    // The output bias carries the label's mean, which is 0 up to rounding: it needs hardly any penalty.
    private const double OutputBiasPrecision = 1e-3;

    // c: the prior on a column's precision weighs as much as 2 c parameters.
    private const double ColumnPrior = 2;

    private const double LeastPrecision = 1e-6;
    private const double GreatestPrecision = 1e6;
    private const double LeastNoisePrecision = 1e-8;
    private const double GreatestNoisePrecision = 1e8;

    // The parameters never explain away more than this share of the rows, and no group has fewer than this.
    private const double LeastFreeRows = 0.05;
    private const double LeastEffective = 1e-3;

    private const double Tiny = 1e-12;

    private readonly ParameterGroups _groups;
    private readonly double _rows;
    private readonly double[] _precisions;
    private readonly double[] _effective;

    /// <param name="groups">Which parameters share a precision.</param>
    /// <param name="rows">n, the rows' total weight.</param>
    /// <param name="initial">Where to start from, or null for the usual start.</param>
    internal EvidencePolicy(ParameterGroups groups, double rows, Evidence? initial = null)
    {
        (_groups, _rows) = (groups, rows);
        _precisions = new double[groups.Count];
        Array.Fill(_precisions, InitialPrecision);
        _precisions[groups.OutputBias] = OutputBiasPrecision;
        _effective = [.. Enumerable.Range(0, groups.Count).Select(g => (double)groups.Size(g))];
        NoisePrecision = Math.Max(InitialNoisePrecision, InitialPrecision / (GreatestInitialPenalty * rows));
        if (initial is null) return;

        initial.Precisions.CopyTo(_precisions);
        initial.EffectiveParameters.CopyTo(_effective);
        NoisePrecision = initial.NoisePrecision;
    }

    /// <summary>b.</summary>
    internal double NoisePrecision { get; private set; }

    /// <summary>The state, to keep.</summary>
    internal Evidence Current => new(NoisePrecision, _precisions, _effective);

    /// <summary>a_g.</summary>
    internal double Precision(int group) => _precisions[group];

    /// <summary>lambda_g, the penalty of a group's parameters in E(theta).</summary>
    internal double Penalty(int group) => _precisions[group] / (NoisePrecision * _rows);

    /// <summary>Whether there is a re-estimate before the step of an iteration, counted from 0.</summary>
    internal static bool IsDue(int iteration) => iteration >= FirstIteration && (iteration <= LastOfEvery || iteration % Interval == 0);

    /// <summary>Moves a and b to the re-estimates at the current point.</summary>
    /// <param name="inverseTraces">tr_g(A^-1) for every group, with the A of the current penalties.</param>
    /// <param name="squaredNorms">|theta_g|^2 for every group.</param>
    /// <param name="meanSquaredError">sum_j w_j r_j^2.</param>
    internal void Reestimate(ReadOnlySpan<double> inverseTraces, ReadOnlySpan<double> squaredNorms, double meanSquaredError)
    {
        for (int g = 0; g < _groups.Count; g++)
        {
            int size = _groups.Size(g);
            _effective[g] = size == 0 ? 0 : Math.Clamp(size - (Penalty(g) * inverseTraces[g]), LeastEffective, size);
        }

        int columns = _groups.InputColumns;
        double pooled = Sum(_effective.AsSpan(0, columns)) / Math.Max(Sum(squaredNorms[..columns]), Tiny);
        for (int g = 0; g < _groups.Count; g++)
        {
            if (g == _groups.OutputBias || _groups.Size(g) == 0) continue;
            double target = g < columns
                ? (_effective[g] + (2 * ColumnPrior)) / (squaredNorms[g] + (2 * ColumnPrior / pooled))
                : _effective[g] / Math.Max(squaredNorms[g], Tiny);
            _precisions[g] = Math.Clamp(target, LeastPrecision, GreatestPrecision);
        }

        double free = Math.Max(_rows - _effective.Sum(), LeastFreeRows * _rows);
        NoisePrecision = Math.Clamp(free / Math.Max(_rows * meanSquaredError, Tiny), LeastNoisePrecision, GreatestNoisePrecision);
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum;
    }
}
