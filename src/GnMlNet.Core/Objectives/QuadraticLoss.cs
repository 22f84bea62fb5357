namespace GnMlNet.Core.Objectives;

/// <summary>
/// The quadratic loss g(psi) = sum_j w_j (psi_j - y_j)^2: nu = 2 min w_j, mu = 2 max w_j. All weights are 1 in the paper's experiments, so that nu = mu = 2.
/// </summary>
public sealed class QuadraticLoss : Loss
{
    private readonly double[] _weights;

    /// <summary>Makes the loss with all weights 1.</summary>
    /// <param name="targets">y, n finite numbers.</param>
    /// <exception cref="ArgumentException">There is no target, or one is not finite.</exception>
    public QuadraticLoss(ReadOnlySpan<double> targets) : base(targets) => _weights = [.. Enumerable.Repeat(1.0, targets.Length)];

    /// <summary>Makes the loss.</summary>
    /// <param name="targets">y, n finite numbers.</param>
    /// <param name="weights">w, n finite positive numbers; copied.</param>
    /// <exception cref="ArgumentException">There is no target, the numbers of targets and weights differ, a target is not finite or a weight not positive.</exception>
    public QuadraticLoss(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights) : base(targets)
    {
        if (weights.Length != targets.Length) throw new ArgumentException($"There are {targets.Length} targets and {weights.Length} weights.", nameof(weights));
        for (int j = 0; j < weights.Length; j++)
        {
            if (!(weights[j] > 0) || !double.IsFinite(weights[j]))
                throw new ArgumentException($"Weight {j} is {weights[j]}; weights must be finite and positive.", nameof(weights));
        }

        _weights = weights.ToArray();
    }

    /// <inheritdoc/>
    public override double StrongConvexity => 2 * _weights.Min();

    /// <inheritdoc/>
    public override double Smoothness => 2 * _weights.Max();

    private protected override double ValueOf(int index, double residual) => _weights[index] * residual * residual;

    private protected override double SlopeOf(int index, double residual) => 2 * _weights[index] * residual;

    // |grad g|^2 = sum 4 w_j (w_j r_j^2) <= 4 max(w) g, with equality where the heaviest output alone is off.
    private protected override double LargestGradient(double level) => 2 * Math.Sqrt(_weights.Max() * level);
}
