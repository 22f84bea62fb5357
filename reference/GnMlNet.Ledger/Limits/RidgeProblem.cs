namespace GnMlNet.Ledger.Limits;

/// <summary>Rows with noisy labels, and points between them where predictions are compared: 10 seeded rows of the square [-1, 1]², 25 points of a grid on it.</summary>
internal static class RidgeProblem
{
    private const int RowCount = 10;
    private const int GridSide = 5;
    private const int NoiseShift = -6;
    private const ulong Seed = 4000;

    /// <summary>The precision of solutions.</summary>
    internal const int Bits = 128;

    /// <summary>The standard deviation of normal weights, 2: the Gaussian kernel exp(-2 |x - z|²). The scale of Cauchy ones is half of it: exp(-Σ |x_k - z_k|).</summary>
    internal static Real ScaleOf(HiddenLaw law) => law == HiddenLaw.Normal ? 2 : 1;

    /// <summary>The rows, then the grid.</summary>
    internal static Dyadic[][] Points { get; }

    /// <summary>y.</summary>
    internal static Real[] Labels { get; }

    /// <summary>How many of the points are rows.</summary>
    internal static int Rows => RowCount;

    static RidgeProblem()
    {
        var random = new Instances.SplitMix(Seed);
        Dyadic[][] rows = [.. Enumerable.Range(0, RowCount).Select(_ => new[] { random.Uniform(), random.Uniform() })];
        IEnumerable<Dyadic[]> grid = from i in Enumerable.Range(0, GridSide) from k in Enumerable.Range(0, GridSide) select new[] { OnGrid(i), OnGrid(k) };
        (Points, Labels) = ([.. rows, .. grid], [.. rows.Select(_ => Real.Exact(random.Uniform(), Bits))]);

        static Dyadic OnGrid(int index) => new(index - (GridSide / 2), -1);
    }

    /// <summary>The kernel of infinitely many units between two points.</summary>
    internal static Real Kernel(HiddenLaw law, Dyadic[] x, Dyadic[] z)
    {
        Real scale = ScaleOf(law), sum = 0;
        for (int k = 0; k < x.Length; k++)
        {
            Real distance = Real.Exact((x[k] - z[k]).Abs(), Bits);
            sum += law == HiddenLaw.Normal ? (scale * distance).Square().Shift(-1) : scale * distance;
        }

        return (-sum).Exp();
    }

    /// <summary>Contains the predictions at the grid: k(x, X) a with (k(X, X) + 2⁻⁶ I) a = y.</summary>
    /// <param name="kernel">Between row i and point j.</param>
    internal static Real[] Predictions(Func<int, int, Real> kernel)
    {
        RealMatrix matrix = RealMatrix.Symmetric(RowCount, (i, j) => i == j ? kernel(i, i) + ((Real)1).Shift(NoiseShift) : kernel(i, j));
        SymmetricFactor factor = SymmetricFactor.TryFactor(matrix, 0) ?? throw new InvalidOperationException("A kernel with noise is positive definite, and enclosed closely enough to show it.");
        Real[] a = factor.Solve(Labels);
        return [.. Enumerable.Range(RowCount, Points.Length - RowCount).Select(j => RealVectors.Dot(a, [.. Enumerable.Range(0, RowCount).Select(i => kernel(i, j))]))];
    }
}
