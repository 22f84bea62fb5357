using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Kernels;

/// <summary>
/// All rows, with the values of the kernel made anew or kept, as there is room: (K(X, X) + sigma^2 W^-1) a = y by conjugate gradients with the sparse form as preconditioner (a Nystroem approximation; Frangella, Tropp and Udell 2023). The
/// products with K are made in single precision, block by block of its lower half, and added up in a fixed order, so that threads change no bit.
/// </summary>
internal sealed class ConjugateGradientKernelFit
{
    private const int MostIterations = 60;

    // In the norm of P^-1, as a share of that of the right side.
    private const double Tolerance = 2e-2;

    // Rows at which the solution is checked.
    private const int MostChecked = 500;

    private readonly RadialTile<float> _tile;
    private readonly PointColumns<float> _points;
    private readonly double _constant;
    private readonly double[] _ridge;
    private readonly WorkSharing _work;
    private readonly KernelValues _values;

    /// <param name="kernel">The kernel.</param>
    /// <param name="noise">sigma^2.</param>
    /// <param name="points">The distinct inputs.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="preconditioner">The sparse form of the same problem.</param>
    /// <param name="values">Room for values of the kernel.</param>
    /// <param name="work">The threads.</param>
    /// <param name="cancellation">Cancels it between two iterations.</param>
    internal ConjugateGradientKernelFit(
        RadialKernel kernel, double noise, PointColumns<double> points, double[] labels, double[] weights, SparseKernelFit preconditioner, KernelValues values, WorkSharing work, CancellationToken cancellation)
    {
        _values = values;
        values.AreMade = false;
        (_tile, _points, _constant, _work) = (kernel.Tile<float>(), points.As<float>(), kernel.Constant, work);
        _ridge = [.. weights.Select(weight => noise / weight)];
        Coefficients = Solve(labels, preconditioner, cancellation);
    }

    /// <summary>a.</summary>
    internal double[] Coefficients { get; }

    /// <summary>How many iterations there were.</summary>
    internal int Iterations { get; private set; }

    /// <summary>The remainder's norm as a share of the right side's, in the norm of the preconditioner.</summary>
    internal double Remainder { get; private set; }

    /// <summary>
    /// Whether single precision sufficed: the mean square of y - (K + sigma^2 W^-1) a at some of the rows, in double precision, which bounds the mean squared distance from the exact
    /// function there. Where the kernel is smooth and the noise small, the coefficients are so large that their sums in single precision lose all that matters.
    /// </summary>
    /// <param name="function">The function with these coefficients, in double precision.</param>
    /// <param name="labels">The labels of the rows.</param>
    /// <param name="mostSquaredLoss">The mean square that is let pass.</param>
    internal bool Holds(KernelExpansion function, double[] labels, double mostSquaredLoss)
    {
        int n = labels.Length, count = Math.Min(MostChecked, n), inputs = function.Kernel.InputSize;
        var squares = new double[count];
        _work.For(count, j =>
        {
            int i = (int)((long)j * n / count);
            squares[j] = Math.Pow(labels[i] - function.Evaluate(function.CentreTable.AsSpan(i * inputs, inputs)) - (_ridge[i] * Coefficients[i]), 2);
        });
        return squares.Average() <= mostSquaredLoss;
    }

    private double[] Solve(double[] labels, SparseKernelFit preconditioner, CancellationToken cancellation)
    {
        var solution = new double[labels.Length];
        var solver = new ConjugateGradients(
            labels.Length,
            (v, product) =>
            {
                cancellation.ThrowIfCancellationRequested();
                Multiply(v, product);
            },
            preconditioner.Precondition);
        solver.Solve(labels, Tolerance, RemainderNorm.Preconditioned, MostIterations, solution);
        (Iterations, Remainder) = (solver.Iterations, solver.RemainderShare);
        return solution;
    }

    /// <summary>product = (K + ridge) v.</summary>
    private void Multiply(double[] v, double[] product)
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
            _tile.MultiplyBlock(_points, row, column, narrowed, rows[pair], columns[pair], _values.Of(pair), _values.AreMade);
        });
        _values.AreMade = true;
        double constant = _constant * v.Sum();
        for (int i = 0; i < v.Length; i++) product[i] = constant + (_ridge[i] * v[i]);
        for (int pair = 0; pair < rows.Length; pair++)
        {
            (int row, int column) = PairOf(pair);
            AddTo(product, row * size, rows[pair]);
            AddTo(product, column * size, columns[pair]);
        }
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
