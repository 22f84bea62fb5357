namespace GnMlNet.Reference.Blocks;

/// <summary>A kernel and the rows that it is taken with, as plain numbers: k(x, z) = s₁ exp(-Σ ρ_k |x_k - z_k|) + s₂ exp(-½ Σ (q_k (x_k - z_k))²) + c. Doubles are exact numbers.</summary>
public abstract record RecordedKernel
{
    /// <summary>The rows, one after the other, d numbers each, as the kernel sees them.</summary>
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

    /// <summary>How many rows there are.</summary>
    public abstract int RowCount { get; }

    /// <summary>d.</summary>
    public int ColumnCount => LaplaceRates.Length;

    /// <summary>k(x, x), as it comes out in double.</summary>
    internal double Diagonal => LaplaceScale + GaussianScale + Constant;

    /// <summary>How far a value computed in double can be off, to first order: docs/crosscheck.md, "What the fast path promises of a block".</summary>
    internal double ValueError => DoubleUnit * (ExponentialErrors + (2 * Diagonal));

    /// <summary>Of both exponentials, in units of u: t e^-t is at most 1/e.</summary>
    internal double ExponentialErrors => (LaplaceScale * (((ColumnCount + 1) / Math.E) + 2)) + (GaussianScale * (((ColumnCount + 4) / Math.E) + 3));

    /// <summary>u = 2^-53.</summary>
    internal const double DoubleUnit = 1.0 / (1L << 53);

    /// <summary>That the numbers make a kernel with so many rows.</summary>
    /// <exception cref="ArgumentException">They do not; the message names the number that does not fit.</exception>
    private protected void CheckKernel(int rows)
    {
        Fits(nameof(LaplaceRates), LaplaceRates, Math.Max(1, ColumnCount), leastIsZero: true);
        Fits(nameof(GaussianRates), GaussianRates, ColumnCount, leastIsZero: true);
        Fits(nameof(Inputs), Inputs, checked(rows * ColumnCount));
        foreach ((string name, double value) in new[] { (nameof(LaplaceScale), LaplaceScale), (nameof(GaussianScale), GaussianScale), (nameof(Constant), Constant) }) Fits(name, [value], 1, leastIsZero: true);
    }

    /// <summary>That there are so many finite numbers.</summary>
    internal static void Fits(string name, double[] values, int count, bool leastIsZero = false)
    {
        if (values.Length != count) throw new ArgumentException($"{name}: {count} numbers are needed, not {values.Length}.");
        if (Array.FindIndex(values, value => !double.IsFinite(value) || (leastIsZero && value < 0)) is int at and >= 0)
            throw new ArgumentException($"{name}: number {at} is {values[at]}, which must be finite{(leastIsZero ? " and at least 0" : "")}.");
    }
}
