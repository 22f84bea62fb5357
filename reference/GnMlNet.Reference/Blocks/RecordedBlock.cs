namespace GnMlNet.Reference.Blocks;

/// <summary>
/// A kernel block as plain numbers: k(x, z) = s₁ exp(-Σ ρ_k |x_k - z_k|) + s₂ exp(-½ Σ (q_k (x_k - z_k))²) + c, and output weights a that are to solve C a = y with
/// C = k(X, X) + diag(σ²/w_j + κ). Doubles are exact numbers. docs/kernel-limit.md says which networks it is the limit of.
/// </summary>
public sealed record RecordedBlock
{
    /// <summary>X, n x d row by row, as the kernel sees it.</summary>
    public required double[] Inputs { get; init; }

    /// <summary>ρ, d numbers of at least 0.</summary>
    public required double[] LaplaceRates { get; init; }

    /// <summary>q, d numbers of at least 0: not their squares, which would have to be rounded.</summary>
    public required double[] GaussianRates { get; init; }

    /// <summary>s₁, at least 0.</summary>
    public required double LaplaceScale { get; init; }

    /// <summary>s₂, at least 0.</summary>
    public required double GaussianScale { get; init; }

    /// <summary>c, at least 0.</summary>
    public required double Constant { get; init; }

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
    public int RowCount => Labels.Length;

    /// <summary>d.</summary>
    public int ColumnCount => LaplaceRates.Length;

    /// <summary>The same block once its numbers are known to make one.</summary>
    /// <exception cref="ArgumentException">They do not; the message names the number that does not fit.</exception>
    internal RecordedBlock Checked()
    {
        Fits(nameof(LaplaceRates), LaplaceRates, Math.Max(1, ColumnCount), leastIsZero: true);
        Fits(nameof(GaussianRates), GaussianRates, ColumnCount, leastIsZero: true);
        Fits(nameof(Labels), Labels, Math.Max(1, RowCount));
        Fits(nameof(Inputs), Inputs, checked(RowCount * ColumnCount));
        Fits(nameof(Coefficients), Coefficients, RowCount);
        Fits(nameof(RowWeights), RowWeights, RowCount, leastIsZero: true);
        if (RowWeights.Contains(0)) throw new ArgumentException($"{nameof(RowWeights)} has a zero: leave such rows out.");
        foreach ((string name, double value) in new[]
        {
            (nameof(LaplaceScale), LaplaceScale), (nameof(GaussianScale), GaussianScale), (nameof(Constant), Constant), (nameof(NoiseVariance), NoiseVariance), (nameof(Jitter), Jitter),
        })
        {
            Fits(name, [value], 1, leastIsZero: true);
        }

        return this;
    }

    /// <summary>That there are so many finite numbers.</summary>
    internal static void Fits(string name, double[] values, int count, bool leastIsZero = false)
    {
        if (values.Length != count) throw new ArgumentException($"{name}: {count} numbers are needed, not {values.Length}.");
        if (Array.FindIndex(values, value => !double.IsFinite(value) || (leastIsZero && value < 0)) is int at and >= 0)
            throw new ArgumentException($"{name}: number {at} is {values[at]}, which must be finite{(leastIsZero ? " and at least 0" : "")}.");
    }
}
