using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Objectives;

/// <summary>
/// A smooth map f from p parameters w to n outputs: all that the dynamics and their steps know of a model.
/// Derive from it to run the dynamics on a model of your own; not for use from two threads at once.
/// </summary>
public abstract class DifferentiableModel
{
    private double[]? _outputs;

    /// <summary>p, the number of parameters.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>n, the number of outputs.</summary>
    public abstract int OutputCount { get; }

    /// <summary>Sets w, the point that all other members speak of.</summary>
    /// <param name="parameters">p numbers.</param>
    public abstract void MoveTo(ReadOnlySpan<double> parameters);

    /// <summary>f(w).</summary>
    /// <param name="outputs">Where the n numbers go.</param>
    public abstract void Value(Span<double> outputs);

    /// <summary>J v, with J = Df(w), n x p.</summary>
    /// <param name="v">p numbers.</param>
    /// <param name="product">Where the n numbers go.</param>
    public abstract void Multiply(ReadOnlySpan<double> v, Span<double> product);

    /// <summary>J^T u.</summary>
    /// <param name="u">n numbers.</param>
    /// <param name="product">Where the p numbers go.</param>
    public abstract void MultiplyTransposed(ReadOnlySpan<double> u, Span<double> product);

    /// <summary>The threads that what is made from J may share; no result depends on how many there are.</summary>
    internal virtual WorkSharing Work { get; } = new(1);

    /// <summary>J^T (J v): here one product after the other.</summary>
    internal virtual void MultiplyGram(ReadOnlySpan<double> v, Span<double> product)
    {
        _outputs ??= new double[OutputCount];
        Multiply(v, _outputs);
        MultiplyTransposed(_outputs, product);
    }

    /// <summary>The diagonal of J^T J: here from products, one column of J a time.</summary>
    internal virtual void SquareColumns(Span<double> squares)
    {
        double[] unit = new double[ParameterCount], column = new double[OutputCount];
        for (int i = 0; i < unit.Length; i++)
        {
            unit[i] = 1;
            Multiply(unit, column);
            unit[i] = 0;
            squares[i] = Vectors.Dot(column, column);
        }
    }

    /// <summary>J^T J, p x p: here from products, one column of J a time.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="sample">What a model that has rows is to make it from, or null for all rows in double.</param>
    internal virtual void Gram(SymmetricMatrix target, CurvatureSample? sample = null) => Products(ParameterCount, OutputCount, Multiply, target);

    /// <summary>K = J J^T, n x n: here from products, one row of J a time.</summary>
    /// <param name="target">Where K goes.</param>
    /// <param name="biases">Where the share of the biases goes, for a network that has some; or null when it is to stay in <paramref name="target"/>.</param>
    internal virtual void Kernel(SymmetricMatrix target, SymmetricMatrix? biases = null) => Products(OutputCount, ParameterCount, MultiplyTransposed, target);

    /// <summary>J diag(m) J^T, n x n: here from products, one row of J a time. A network wants the same m for the weights of an input to all its hidden units.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="weights">m, p numbers, not negative.</param>
    internal virtual void WeightedKernel(SymmetricMatrix target, double[] weights)
    {
        double[] roots = Array.ConvertAll(weights, Math.Sqrt);
        Products(OutputCount, ParameterCount, (factor, product) =>
        {
            MultiplyTransposed(factor, product);
            Vectors.Multiply<double>(product, roots, product);
        }, target);
    }

    /// <summary>J_i^T C J_i for every column of J: here from products, one column a time. A network gives the weights of an input to its hidden units their mean.</summary>
    /// <param name="matrix">C, n x n, symmetric.</param>
    /// <param name="forms">Where the p numbers go.</param>
    internal virtual void ColumnForms(RowMatrix matrix, Span<double> forms)
    {
        double[] unit = new double[ParameterCount], column = new double[OutputCount];
        for (int i = 0; i < unit.Length; i++)
        {
            unit[i] = 1;
            Multiply(unit, column);
            unit[i] = 0;
            forms[i] = 0;
            for (int j = 0; j < column.Length; j++) forms[i] += column[j] * Vectors.Dot(matrix.Row(j), column);
        }
    }

    private delegate void Product(ReadOnlySpan<double> factor, Span<double> product);

    private static void Products(int count, int length, Product product, SymmetricMatrix target)
    {
        var unit = new double[count];
        double[][] vectors = [.. Enumerable.Range(0, count).Select(_ => new double[length])];
        for (int i = 0; i < count; i++)
        {
            unit[i] = 1;
            product(unit, vectors[i]);
            unit[i] = 0;
            Span<double> row = target.Row(i);
            for (int j = 0; j <= i; j++) row[j] = Vectors.Dot(vectors[i], vectors[j]);
        }
    }
}
