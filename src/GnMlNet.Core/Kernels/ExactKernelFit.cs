using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Kernels;

/// <summary>
/// The exact form: a = C^-1 y by a Cholesky factorization. What the function would say of rows had they been left out follows without another fit: for a set F of rows,
/// y_F - ((C^-1)_FF)^-1 a_F (for one row y_i - a_i/(C^-1)_ii; Rasmussen and Williams 2006, section 5.4.2).
/// </summary>
internal sealed class ExactKernelFit
{
    // Keeps C positive definite where two points nearly coincide and the noise vanishes.
    private const double LeastJitter = 1e-8;

    private readonly double[] _labels;
    private readonly RowMatrix _inverse;

    /// <param name="kernel">The kernel.</param>
    /// <param name="noise">sigma^2.</param>
    /// <param name="points">The distinct inputs.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="work">The threads.</param>
    internal ExactKernelFit(RadialKernel kernel, double noise, PointColumns<double> points, double[] labels, double[] weights, WorkSharing work)
    {
        _labels = labels;
        var matrix = new SymmetricMatrix(points.Count);
        KernelMatrix.Fill(matrix, kernel, points, weights, noise, LeastJitter, work);
        var factor = new Cholesky(points.Count, work);
        // Rounding can only spoil C where noise has all but vanished.
        double shift = 0;
        while (!factor.TryFactor(matrix, shift)) shift = Math.Max(10 * shift, LeastJitter * kernel.Diagonal);
        Jitter = LeastJitter + shift;
        Coefficients = [.. labels];
        factor.Solve(Coefficients);
        factor.Invert();
        _inverse = factor.FullInverse();
    }

    /// <summary>a.</summary>
    internal double[] Coefficients { get; }

    /// <summary>What was added to the diagonal beyond the noise.</summary>
    internal double Jitter { get; }

    /// <summary>The bytes that a fit of n rows takes.</summary>
    internal static double Bytes(double rows) => (2 * SymmetricMatrix.Bytes(rows)) + (2 * RowMatrix.Bytes(rows, rows));

    /// <summary>For every row what the function would say of it had it been left out.</summary>
    internal double[] LeaveOneOut()
    {
        var predictions = new double[_labels.Length];
        for (int i = 0; i < predictions.Length; i++) predictions[i] = _labels[i] - (Coefficients[i] / _inverse.Row(i)[i]);
        return predictions;
    }

    /// <summary>For every row what the function would say of it had a set that it is in been left out; the mean over its sets.</summary>
    internal double[] LeaveOut(int[][] sets, WorkSharing work)
    {
        var predictions = new double[sets.Length][];
        work.For(sets.Length, s => predictions[s] = LeaveOut(sets[s]));
        double[] sums = new double[_labels.Length], counts = new double[_labels.Length];
        for (int s = 0; s < sets.Length; s++)
        {
            for (int i = 0; i < sets[s].Length; i++)
            {
                sums[sets[s][i]] += predictions[s][i];
                counts[sets[s][i]]++;
            }
        }

        for (int i = 0; i < sums.Length; i++) sums[i] /= counts[i];
        return sums;
    }

    /// <summary>For the rows of a set what the function would say of them had the whole set been left out.</summary>
    internal double[] LeaveOut(int[] rows)
    {
        var block = new SymmetricMatrix(rows.Length);
        var solution = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            solution[i] = Coefficients[rows[i]];
            for (int j = 0; j <= i; j++) block[i, j] = _inverse.Row(rows[i])[rows[j]];
        }

        var factor = new Cholesky(rows.Length, new WorkSharing(1));
        double mean = Enumerable.Range(0, rows.Length).Average(i => block[i, i]);
        for (double shift = 0; !factor.TryFactor(block, shift); shift = Math.Max(10 * shift, LeastJitter * mean))
        {
        }

        factor.Solve(solution);
        for (int i = 0; i < rows.Length; i++) solution[i] = _labels[rows[i]] - solution[i];
        return solution;
    }
}
