namespace GnMlNet.Core.Objectives;

/// <summary>
/// A loss g on the n outputs psi of a model (the paper's g, Section 2.1): smooth, nu-strongly convex with a mu-Lipschitz gradient,
/// with its minimum 0 at the targets y. Immutable.
/// </summary>
public abstract class Loss
{
    private readonly double[] _targets;

    /// <summary>Makes a loss with its minimum at some targets.</summary>
    /// <param name="targets">y, n finite numbers; copied.</param>
    /// <exception cref="ArgumentException">There is no target, or one is not finite.</exception>
    private protected Loss(ReadOnlySpan<double> targets)
    {
        if (targets.IsEmpty) throw new ArgumentException("A loss needs at least one target.", nameof(targets));
        for (int j = 0; j < targets.Length; j++)
        {
            if (!double.IsFinite(targets[j])) throw new ArgumentException($"Target {j} is {targets[j]}; targets must be finite.", nameof(targets));
        }

        _targets = targets.ToArray();
    }

    /// <summary>y, the n targets, where the loss is 0.</summary>
    public ReadOnlySpan<double> Targets => _targets;

    /// <summary>nu: g(b) &gt;= g(a) + grad g(a) . (b - a) + nu/2 |b - a|^2.</summary>
    public abstract double StrongConvexity { get; }

    /// <summary>mu: |grad g(b) - grad g(a)| &lt;= mu |b - a|.</summary>
    public abstract double Smoothness { get; }

    /// <summary>g(psi).</summary>
    /// <param name="outputs">psi, n numbers.</param>
    public double Value(ReadOnlySpan<double> outputs)
    {
        CheckLength(outputs.Length);
        double sum = 0;
        for (int j = 0; j < outputs.Length; j++) sum += ValueOf(j, outputs[j] - _targets[j]);
        return sum;
    }

    /// <summary>grad g(psi).</summary>
    /// <param name="outputs">psi, n numbers.</param>
    /// <param name="gradient">Where the n numbers go; may be <paramref name="outputs"/> itself.</param>
    public void Gradient(ReadOnlySpan<double> outputs, Span<double> gradient)
    {
        CheckLength(outputs.Length);
        CheckLength(gradient.Length);
        for (int j = 0; j < outputs.Length; j++) gradient[j] = SlopeOf(j, outputs[j] - _targets[j]);
    }

    /// <summary>
    /// The largest |grad g| on the sublevel set {g &lt;= level}. Theorem 2 asks for a bound Lip_g on all of R^n, which no strongly convex loss has;
    /// on the sublevel set of the start, where a descending method stays, there is one.
    /// </summary>
    /// <param name="level">At least 0.</param>
    public double LargestGradientOnSublevelSet(double level)
    {
        if (!(level >= 0)) throw new ArgumentOutOfRangeException(nameof(level), level, "The level must be at least 0.");
        return LargestGradient(level);
    }

    /// <summary>The share of output <paramref name="index"/> at the residual r = psi_j - y_j.</summary>
    private protected abstract double ValueOf(int index, double residual);

    /// <summary>The derivative of that share.</summary>
    private protected abstract double SlopeOf(int index, double residual);

    private protected abstract double LargestGradient(double level);

    private void CheckLength(int length)
    {
        if (length != _targets.Length) throw new ArgumentException($"The loss has {_targets.Length} outputs, not {length}.");
    }
}
