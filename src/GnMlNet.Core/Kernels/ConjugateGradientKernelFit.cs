using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Kernels;

/// <summary>
/// All rows without a matrix: (K(X, X) + sigma^2 W^-1) a = y by conjugate gradients with the sparse form as preconditioner (a Nystroem approximation; Frangella, Tropp and Udell 2023). The
/// products with K are made in single precision, block by block of its lower half, and added up in a fixed order, so that threads change no bit.
/// </summary>
internal sealed class ConjugateGradientKernelFit
{
    private const int MostIterations = 60;

    // In the norm of P^-1, as a share of that of the right side.
    private const double Tolerance = 2e-2;

    // Rows at which the function is compared with what the iterations led to.
    private const int MostChecked = 500;

    private readonly RadialTile<float> _tile;
    private readonly PointColumns<float> _points;
    private readonly double _constant;
    private readonly double[] _ridge;
    private readonly WorkSharing _work;
    private readonly double[] _remainder;
    private bool _isBroken;

    /// <param name="kernel">The kernel.</param>
    /// <param name="noise">sigma^2.</param>
    /// <param name="points">The distinct inputs.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="preconditioner">The sparse form of the same problem.</param>
    /// <param name="work">The threads.</param>
    /// <param name="cancellation">Cancels it between two iterations.</param>
    internal ConjugateGradientKernelFit(
        RadialKernel kernel, double noise, PointColumns<double> points, double[] labels, double[] weights, SparseKernelFit preconditioner, WorkSharing work, CancellationToken cancellation)
    {
        (_tile, _points, _constant, _work) = (kernel.Tile<float>(), points.As<float>(), kernel.Constant, work);
        _ridge = [.. weights.Select(weight => noise / weight)];
        _remainder = [.. labels];
        Coefficients = Solve(labels, preconditioner, cancellation);
    }

    /// <summary>a.</summary>
    internal double[] Coefficients { get; }

    /// <summary>How many iterations there were.</summary>
    internal int Iterations { get; private set; }

    /// <summary>The remainder's norm as a share of the right side's, in the norm of the preconditioner.</summary>
    internal double Remainder { get; private set; }

    /// <summary>
    /// Whether single precision sufficed: no square came out negative, and at some of the rows the function, in double precision, has the values that the iterations led to. Where the
    /// kernel is smooth and the noise small, the coefficients are so large that their sums lose all that matters.
    /// </summary>
    /// <param name="function">The function with these coefficients, in double precision.</param>
    /// <param name="labels">The labels of the rows.</param>
    /// <param name="mostSquaredLoss">The mean squared difference that is let pass.</param>
    internal bool Holds(KernelExpansion function, double[] labels, double mostSquaredLoss)
    {
        if (_isBroken) return false;
        int n = labels.Length, count = Math.Min(MostChecked, n);
        var squares = new double[count];
        _work.For(count, j =>
        {
            int i = (int)((long)j * n / count);
            double value = labels[i] - _remainder[i] - (_ridge[i] * Coefficients[i]);
            squares[j] = Math.Pow(function.Evaluate(function.CentreTable.AsSpan(i * function.Kernel.InputSize, function.Kernel.InputSize)) - value, 2);
        });
        return squares.Average() <= mostSquaredLoss;
    }

    private double[] Solve(double[] labels, SparseKernelFit preconditioner, CancellationToken cancellation)
    {
        int n = labels.Length;
        double[] solution = new double[n], remainder = _remainder, preconditioned = [.. labels];
        preconditioner.Precondition(preconditioned);
        double[] search = [.. preconditioned];
        double square = Vectors.Dot(remainder, preconditioned), first = square;
        _isBroken = !(square >= 0);
        for (Iterations = 0; Iterations < MostIterations && square > Tolerance * Tolerance * first; Iterations++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] product = Multiply(search);
            double curvature = Vectors.Dot(search, product);
            _isBroken = !(curvature > 0);
            if (_isBroken) break;
            double length = square / curvature;
            Vectors.AddScaled(search, length, solution);
            Vectors.AddScaled(product, -length, remainder);
            remainder.CopyTo(preconditioned, 0);
            preconditioner.Precondition(preconditioned);
            double next = Vectors.Dot(remainder, preconditioned), share = next / square;
            square = next;
            _isBroken = !(square >= 0);
            if (_isBroken) break;
            for (int i = 0; i < n; i++) search[i] = preconditioned[i] + (share * search[i]);
        }

        Remainder = first > 0 ? Math.Sqrt(Math.Max(0, square) / first) : 0;
        return solution;
    }

    /// <summary>(K + ridge) v.</summary>
    private double[] Multiply(double[] v)
    {
        const int size = RadialTile<float>.Block;
        int n = v.Length, blocks = (n + size - 1) / size;
        float[] narrowed = [.. v.Select(value => (float)value)];
        // Pair p is (row, column) with column at most row.
        var rows = new double[blocks * (blocks + 1) / 2][];
        var columns = new double[rows.Length][];
        _work.For(rows.Length, pair =>
        {
            (int row, int column) = PairOf(pair);
            (rows[pair], columns[pair]) = (new double[size], new double[size]);
            _tile.MultiplyBlock(_points, row, column, narrowed, rows[pair], columns[pair]);
        });
        double constant = _constant * v.Sum();
        double[] product = [.. v.Select((value, i) => constant + (_ridge[i] * value))];
        for (int pair = 0; pair < rows.Length; pair++)
        {
            (int row, int column) = PairOf(pair);
            AddTo(product, row * size, rows[pair]);
            AddTo(product, column * size, columns[pair]);
        }

        return product;
    }

    private static (int Row, int Column) PairOf(int pair)
    {
        int row = (int)((Math.Sqrt((8.0 * pair) + 1) - 1) / 2);
        while (row * (row + 1) / 2 > pair) row--;
        while ((row + 1) * (row + 2) / 2 <= pair) row++;
        return (row, pair - (row * (row + 1) / 2));
    }

    private static void AddTo(double[] product, int first, double[] block)
    {
        int count = Math.Min(block.Length, product.Length - first);
        Vectors.AddScaled(block.AsSpan(0, count), 1, product.AsSpan(first, count));
    }
}
