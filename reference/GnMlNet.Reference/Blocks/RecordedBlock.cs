namespace GnMlNet.Reference.Blocks;

/// <summary>
/// A kernel block as plain numbers: k(x, z) = s₁ exp(-Σ ρ_k |x_k - z_k|) + s₂ exp(-½ Σ (q_k (x_k - z_k))²) + c, and output weights a that are to solve C a = y with
/// C = k(X, X) + diag(σ²/w_j + κ). Doubles are exact numbers. docs/kernel-limit.md says which networks it is the limit of.
/// </summary>
public sealed record RecordedBlock : RecordedKernel
{
    /// <summary>σ², at least 0.</summary>
    public required double NoiseVariance { get; init; }

    /// <summary>κ, at least 0: what is added to the diagonal beyond the noise, as a solver in double may have to.</summary>
    public double Jitter { get; init; }

    /// <summary>w, n numbers above 0.</summary>
    public required double[] RowWeights { get; init; }

    /// <summary>y, n numbers.</summary>
    public required double[] Labels { get; init; }

    /// <summary>a, n numbers, as they were computed.</summary>
    public required double[] Coefficients { get; init; }

    /// <summary>n.</summary>
    public override int RowCount => Labels.Length;

    /// <summary>The same block once its numbers are known to make one.</summary>
    /// <exception cref="ArgumentException">They do not; the message names the number that does not fit.</exception>
    internal RecordedBlock Checked()
    {
        Fits(nameof(Labels), Labels, Math.Max(1, RowCount));
        CheckKernel(RowCount);
        Fits(nameof(Coefficients), Coefficients, RowCount);
        Fits(nameof(RowWeights), RowWeights, RowCount, leastIsZero: true);
        if (RowWeights.Contains(0)) throw new ArgumentException($"{nameof(RowWeights)} has a zero: leave such rows out.");
        foreach ((string name, double value) in new[] { (nameof(NoiseVariance), NoiseVariance), (nameof(Jitter), Jitter) }) Fits(name, [value], 1, leastIsZero: true);
        return this;
    }
}
