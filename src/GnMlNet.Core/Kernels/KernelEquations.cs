namespace GnMlNet.Core.Kernels;

/// <summary>
/// The equations C a = y that the coefficients of a function solve, besides its kernel, its points X and sigma^2: C = K(X, X) + diag(sigma^2/w_j + kappa). With them the coefficients can be checked
/// without the table of the training. Immutable, as long as nobody writes to the arrays.
/// </summary>
public sealed class KernelEquations
{
    /// <summary>Makes equations from their numbers.</summary>
    /// <param name="labels">y, n finite numbers; not copied, so that functions of the same rows share them.</param>
    /// <param name="weights">w, n finite numbers above 0; not copied.</param>
    /// <param name="jitter">kappa, finite and at least 0.</param>
    /// <exception cref="ArgumentException">There is no label, there are more or fewer weights, or a number is out of its range.</exception>
    public KernelEquations(double[] labels, double[] weights, double jitter)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(weights);
        if (labels.Length == 0 || labels.Length != weights.Length) throw new ArgumentException($"Each row has a label and a weight, and there is at least one row; there are {labels.Length} labels and {weights.Length} weights.", nameof(weights));
        if (!Array.TrueForAll(labels, double.IsFinite)) throw new ArgumentException("A label is not finite.", nameof(labels));
        if (!Array.TrueForAll(weights, weight => double.IsFinite(weight) && weight > 0)) throw new ArgumentException("A weight is not positive and finite.", nameof(weights));
        if (!double.IsFinite(jitter) || jitter < 0) throw new ArgumentException($"What is added to the diagonal must be finite and at least 0; found {jitter}.", nameof(jitter));
        (Labels, Weights, Jitter) = (labels, weights, jitter);
    }

    /// <summary>y, the standardized label of each distinct row of the training: the weighted mean over its copies. The same array for functions of the same rows.</summary>
    public double[] Labels { get; }

    /// <summary>w, the weight of each distinct row: the sum over its copies. The same array for functions of the same rows.</summary>
    public double[] Weights { get; }

    /// <summary>kappa, what was added to the diagonal beyond the noise: 1e-8 or more in the exact form, 0 with conjugate gradients.</summary>
    public double Jitter { get; }
}
