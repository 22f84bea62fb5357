using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Kernels;

/// <summary>
/// The sparse form: units at m centres Z, their weights by least squares over the rows that it is fitted to. With L L^T = K(Z, Z) and phi_i = L^-1 K(Z, x_i) the labels are
/// phi_i^T u + noise of variance s^2/w_i, u standard normal (Quinonero-Candela and Rasmussen 2005). A = I + Phi W Phi^T/s^2 holds all that is needed; rows go by in chunks.
/// s^2 = c sigma^2 where it predicts: c is 1, or on tables of many rows, for which a sample of them underestimates the noise, the multiple that predicts held-out rows best. Where it stands for the
/// function of all rows, as their posterior variance and as a preconditioner, what the centres cannot express counts as noise: s^2 = sigma^2 + mean of k(x, x) - |phi_i|^2.
/// </summary>
internal sealed class SparseKernelFit
{
    // Rows of a chunk.
    private const int Chunk = 1024;

    // In double precision; in single precision it would have to be 1e-4.
    private const double Jitter = 1e-8;

    // The share of rows that choose c, at most this many.
    private const double HeldOutShare = 0.1;
    private const int MostHeldOut = 10_000;
    private static readonly double[] s_multiples = [1, 2, 4, 8, 16, 32, 64];

    // A row with all the leverage tells nothing about itself.
    private const double LeastRemainder = 0.01;

    private readonly RadialKernel _kernel;
    private readonly RadialTile<double> _tile;
    private readonly PointColumns<double> _points;
    private readonly PointColumns<double> _centres;
    private readonly double[] _labels;
    private readonly double[] _weights;
    private readonly WorkSharing _work;
    private readonly Cholesky _lower;
    private readonly SymmetricMatrix _gram;
    private readonly Cholesky _factor;
    private readonly double[] _projection;
    private readonly bool[] _isCentre;
    private readonly bool[] _isFitted;
    private readonly double _unexplainedOfOthers;
    private readonly NarrowMatrix? _rows;

    /// <param name="kernel">The kernel.</param>
    /// <param name="noise">sigma^2.</param>
    /// <param name="points">The distinct inputs, n.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="centres">Which of them are centres, m.</param>
    /// <param name="rows">Which of them it is fitted to, the centres among them, in the order in which they are summed.</param>
    /// <param name="choosesMultiple">Whether the first of these choose c; else it is 1.</param>
    /// <param name="countsUnexplained">Whether what the centres cannot express counts as noise.</param>
    /// <param name="keepsRows">Whether the rows phi_i are kept, in single precision, to precondition with.</param>
    /// <param name="work">The threads.</param>
    /// <param name="groups">The number of every row's group, where the rows that choose c must be whole groups; or null.</param>
    internal SparseKernelFit(
        RadialKernel kernel, double noise, PointColumns<double> points, double[] labels, double[] weights, int[] centres, int[] rows, bool choosesMultiple, bool countsUnexplained, bool keepsRows, WorkSharing work, int[]? groups = null)
    {
        (_kernel, _tile, _points, _labels, _weights, _work) = (kernel, kernel.Tile<double>(), points, labels, weights, work);
        _centres = points.Select(centres);
        _isCentre = new bool[points.Count];
        foreach (int centre in centres) _isCentre[centre] = true;
        (_gram, _lower, _factor) = (new SymmetricMatrix(centres.Length), new Cholesky(centres.Length, work), new Cholesky(centres.Length, work));
        var matrix = new SymmetricMatrix(centres.Length);
        KernelMatrix.Fill(matrix, kernel, _centres, [], 0, 0, work);
        for (double shift = Jitter * kernel.Diagonal; !_lower.TryFactor(matrix, shift); shift *= 10)
        {
        }

        _rows = keepsRows ? new NarrowMatrix(points.Count, centres.Length) : null;
        _projection = new double[centres.Length];
        int heldOut = choosesMultiple ? (int)Math.Min(MostHeldOut, HeldOutShare * rows.Length) : 0;
        if (groups is not null && heldOut > 0)
        {
            rows = RowGroups.Gather(rows, groups);
            while (heldOut < rows.Length && groups[rows[heldOut]] == groups[rows[heldOut - 1]]) heldOut++;
        }

        _isFitted = new bool[points.Count];
        foreach (int row in rows) _isFitted[row] = true;
        double unexplained = Accumulate(rows.AsSpan(heldOut), _gram, _projection, _rows), weight = rows.Length == points.Count ? weights.Sum() : rows.Sum(row => weights[row]);
        double[] partial = [.. _projection];
        SymmetricMatrix? withoutHeldOut = heldOut == 0 ? null : Copy(_gram);
        if (heldOut > 0) unexplained += Accumulate(rows.AsSpan(0, heldOut), _gram, _projection, _rows);
        Unexplained = unexplained / weight;
        // Centres explain themselves, so the mean over all rows is that over the others times their share.
        int others = rows.Length - centres.Length;
        _unexplainedOfOthers = others == 0 ? 0 : Unexplained * rows.Length / others;
        NoiseVariance = countsUnexplained ? noise + Unexplained : noise;
        if (withoutHeldOut is not null) NoiseMultiple = ChooseMultiple(withoutHeldOut, partial, rows[..heldOut]);
        NoiseVariance *= NoiseMultiple;
        Coefficients = Solve(_gram, _projection, NoiseVariance);
    }

    /// <summary>The centres.</summary>
    internal PointColumns<double> Centres => _centres;

    /// <summary>The weights of the centres' units.</summary>
    internal double[] Coefficients { get; }

    /// <summary>The mean variance that the centres cannot express.</summary>
    internal double Unexplained { get; }

    /// <summary>c.</summary>
    internal double NoiseMultiple { get; } = 1;

    /// <summary>s^2.</summary>
    internal double NoiseVariance { get; }

    /// <summary>The bytes that a fit with m centres takes.</summary>
    internal static double Bytes(double centres) => (5 * SymmetricMatrix.Bytes(centres)) + (2 * RowMatrix.Bytes(Chunk, centres));

    /// <summary>
    /// For some rows what the function would say of each had it been left out, and the variance of that: with h_i = phi_i^T A^-1 phi_i the leave-one-out residual is
    /// r_i/(1 - w_i h_i/s^2), and the variance h_i/(1 - w_i h_i/s^2) and what the centres cannot express there; for a row that is itself a centre, what they cannot on average.
    /// </summary>
    internal (double[] Predictions, double[] Variances) LeaveOneOut(int[] rows)
    {
        double[] predictions = new double[rows.Length], variances = new double[rows.Length];
        ForEachChunk(rows, (chunk, phi, start) =>
        {
            double[] own = [.. Enumerable.Range(0, chunk.Length).Select(j => _kernel.Diagonal - SquaredNorm(phi.Row(j)))];
            double[] transformed = SolvedUpper();
            double[] fits = [.. Enumerable.Range(0, chunk.Length).Select(j => Vectors.Dot(phi.Row(j), transformed))];
            _factor.SolveRows(phi, chunk.Length);
            for (int j = 0; j < chunk.Length; j++)
            {
                int row = chunk[j];
                // A row that it is not fitted to is left out as it is.
                double h = SquaredNorm(phi.Row(j)), remainder = _isFitted[row] ? Math.Max(1 - (_weights[row] * h / NoiseVariance), LeastRemainder) : 1;
                predictions[start + j] = _labels[row] - ((_labels[row] - fits[j]) / remainder);
                variances[start + j] = (h / remainder) + (_isCentre[row] ? _unexplainedOfOthers : Math.Max(own[j], 0));
            }
        });
        return (predictions, variances);
    }

    /// <summary>For some rows what the function would say of each had its whole fold been left out, and the variance of that, as <see cref="LeaveOneOut"/> has it: from the sums without the shares of the fold.</summary>
    /// <param name="folds">Sets of rows; each row is in one of them.</param>
    /// <param name="rows">The rows.</param>
    internal (double[] Predictions, double[] Variances) LeaveOut(int[][] folds, int[] rows)
    {
        double[] predictions = new double[rows.Length], variances = new double[rows.Length];
        var factor = new Cholesky(_centres.Count, _work);
        foreach (int[] fold in folds)
        {
            HashSet<int> within = [.. fold];
            int[] places = [.. Enumerable.Range(0, rows.Length).Where(at => within.Contains(rows[at]))];
            if (places.Length == 0) continue;
            var matrix = new SymmetricMatrix(_centres.Count);
            double[] solution = new double[_centres.Count];
            Accumulate([.. fold.Where(row => _isFitted[row])], matrix, solution, kept: null);
            for (int i = 0; i < solution.Length; i++)
            {
                solution[i] = (_projection[i] - solution[i]) / NoiseVariance;
                for (int j = 0; j <= i; j++) matrix[i, j] = ((_gram[i, j] - matrix[i, j]) / NoiseVariance) + (i == j ? 1 : 0);
            }

            // The difference of two sums can lose its last digits.
            for (double shift = 0; !factor.TryFactor(matrix, shift); shift = Math.Max(10 * shift, Jitter))
            {
            }

            factor.Solve(solution);
            ForEachChunk([.. places.Select(at => rows[at])], (chunk, phi, start) =>
            {
                double[] own = [.. Enumerable.Range(0, chunk.Length).Select(j => _kernel.Diagonal - SquaredNorm(phi.Row(j)))];
                for (int j = 0; j < chunk.Length; j++) predictions[places[start + j]] = Vectors.Dot(phi.Row(j), solution);
                factor.SolveRows(phi, chunk.Length);
                for (int j = 0; j < chunk.Length; j++) variances[places[start + j]] = SquaredNorm(phi.Row(j)) + (_isCentre[chunk[j]] ? _unexplainedOfOthers : Math.Max(own[j], 0));
            });
        }

        return (predictions, variances);
    }

    /// <summary>The variance of the function at any point, as a triangle over the centres.</summary>
    internal PosteriorVariance Posterior()
    {
        // v = k(x, x) - |T k|^2 with T^T T = L^-T (I - A^-1) L^-1, and I - A^-1 = R R^T with R upper triangular, found from its mirror image.
        const double jitter = 1e-12;
        int m = _centres.Count;
        _factor.Invert();
        RowMatrix inverse = _factor.FullInverse();
        var mirrored = new SymmetricMatrix(m);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j <= i; j++) mirrored[i, j] = (i == j ? 1 : 0) - inverse.Row(m - 1 - i)[m - 1 - j];
        }

        var root = new Cholesky(m, _work);
        for (double shift = jitter; !root.TryFactor(mirrored, shift); shift *= 10)
        {
        }

        _lower.Invert();
        var triangle = new double[PackedTriangle<double>.Length(m)];
        for (int i = 0, at = 0; i < m; i++)
        {
            // Row i of R^T is column i of R: entries R_ki, k at most i.
            double[] column = [.. Enumerable.Range(0, i + 1).Select(k => root.Row(m - 1 - k)[m - 1 - i])];
            for (int j = 0; j <= i; j++, at++) triangle[at] = Vectors.Dot(column.AsSpan(j), _lower.InverseRow(j)[..(i - j + 1)]);
        }

        return new PosteriorVariance(_kernel, _centres, triangle);
    }

    /// <summary>
    /// Overwrites b with P^-1 b, P = Phi^T Phi + s^2 W^-1, the matrix of this form, by Woodbury's identity; the rows phi_i must have been kept. In single precision: the entries of Phi are
    /// moderate, while those of K would be multiplied by L^-1 twice.
    /// </summary>
    internal void Precondition(double[] b)
    {
        double[] scaled = [.. b.Select((value, i) => value * _weights[i] / NoiseVariance)];
        double[] sums = _rows!.MultiplyTransposed(scaled, _work);
        _factor.Solve(sums);
        double[] back = _rows.Multiply(sums, _work);
        for (int i = 0; i < b.Length; i++) b[i] = (b[i] - back[i]) * _weights[i] / NoiseVariance;
    }

    private static double SquaredNorm(ReadOnlySpan<double> v) => Vectors.Dot(v, v);

    private static SymmetricMatrix Copy(SymmetricMatrix matrix)
    {
        var copy = new SymmetricMatrix(matrix.Size);
        for (int i = 0; i < matrix.Size; i++) matrix.Row(i).CopyTo(copy.Row(i));
        return copy;
    }

    /// <summary>L^T c, with which phi_i^T (L^T c) is the function at row i.</summary>
    private double[] SolvedUpper()
    {
        var product = new double[_centres.Count];
        for (int i = 0; i < product.Length; i++) Vectors.AddScaled(_lower.Row(i), Coefficients[i], product.AsSpan(0, i + 1));
        return product;
    }

    /// <summary>Adds the rows' shares in Phi W Phi^T and Phi W y; the sum of w_i (k(x, x) - |phi_i|^2).</summary>
    private double Accumulate(ReadOnlySpan<int> rows, SymmetricMatrix gram, double[] projection, NarrowMatrix? kept)
    {
        double unexplained = 0;
        var transposed = new RowMatrix(_centres.Count, Chunk);
        ForEachChunk([.. rows], (chunk, phi, _) =>
        {
            for (int j = 0; j < chunk.Length; j++)
            {
                Span<double> row = phi.Row(j);
                kept?.SetRow(chunk[j], row);
                double weight = _weights[chunk[j]];
                unexplained += weight * Math.Max(0, _kernel.Diagonal - SquaredNorm(row));
                Vectors.AddScaled(row, weight * _labels[chunk[j]], projection);
                double root = Math.Sqrt(weight);
                if (root == 1) continue;
                foreach (ref double value in row) value *= root;
            }

            transposed.TransposeFrom(phi, chunk.Length);
            transposed.AddOuterProduct(chunk.Length, gram, _work);
        });
        return unexplained;
    }

    /// <summary>Runs an action on the rows phi_i of every chunk.</summary>
    private void ForEachChunk(int[] rows, Action<int[], RowMatrix, int> action)
    {
        var phi = new RowMatrix(Chunk, _centres.Count);
        for (int start = 0; start < rows.Length; start += Chunk)
        {
            int[] chunk = rows[start..Math.Min(start + Chunk, rows.Length)];
            _work.For(chunk.Length, j => EvaluateRow(chunk[j], phi.Row(j)));
            _lower.SolveRows(phi, chunk.Length);
            action(chunk, phi, start);
        }
    }

    private void EvaluateRow(int row, Span<double> values)
    {
        var x = new double[_points.Dimensions];
        _points.CopyPoint(row, x);
        _kernel.Evaluate(_tile, x, _centres, values);
    }

    /// <summary>The weights of the centres' units for a Gram matrix and projection.</summary>
    private double[] Solve(SymmetricMatrix gram, double[] projection, double variance)
    {
        var one = new SymmetricMatrix(gram.Size);
        // 1/s^2 Gram + 0 + I.
        _factor.TryFactor(gram, 1 / variance, one, 1);
        double[] solution = [.. projection.Select(value => value / variance)];
        _factor.Solve(solution);
        _lower.SolveUpper(solution);
        return solution;
    }

    /// <summary>The multiple of s^2 with which the other rows predict the held-out ones best.</summary>
    private double ChooseMultiple(SymmetricMatrix gram, double[] projection, int[] heldOut)
    {
        double[][] solutions = [.. s_multiples.Select(multiple => Solve(gram, projection, multiple * NoiseVariance))];
        var errors = new double[heldOut.Length][];
        _work.For(heldOut.Length, j =>
        {
            var values = new double[_centres.Count];
            EvaluateRow(heldOut[j], values);
            errors[j] = [.. solutions.Select(solution => _weights[heldOut[j]] * Math.Pow(Vectors.Dot(values, solution) - _labels[heldOut[j]], 2))];
        });
        double[] totals = [.. s_multiples.Select((_, c) => errors.Sum(row => row[c]))];
        return s_multiples[Array.IndexOf(totals, totals.Min())];
    }
}
