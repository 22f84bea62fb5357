using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace GnMlNet.Cli.Internals;

/// <summary>
/// The same step with the Jacobian written out, some rows at a time so that it stays in the cache: what a user with a linear algebra library would do.
/// The network itself is evaluated by the product's own kernels, so that only the algebra differs.
/// </summary>
internal sealed class ExplicitStep
{
    // A library needs long columns to be fast.
    private const int BlocksAtOnce = 16;

    private readonly BenchmarkProblem _problem;
    private readonly double[] _jacobian;
    private readonly double[] _matrix;

    internal ExplicitStep(BenchmarkProblem problem)
    {
        _problem = problem;
        int parameters = problem.Parameters;
        _jacobian = new double[Math.Min(BlocksAtOnce, problem.Objective.BlockCount) * RowBlock.Capacity * parameters];
        _matrix = new double[parameters * parameters];
    }

    /// <summary>The whole step with OpenBLAS: dsyrk, dpotrf and dpotrs.</summary>
    internal Action WithOpenBlas(OpenBlas library) => _problem.Alternate((point, gradient, direction) =>
    {
        AddGrams(library, add => ForEachChunk(point, add));
        int order = _problem.Parameters;
        for (int i = 0; i < order; i++)
        {
            _matrix[(i * order) + i] += _problem.Objective.Penalties[i] + BenchmarkProblem.Damping;
            direction[i] = -gradient[i];
        }

        if (!library.TryFactor(_matrix, order)) throw new InvalidOperationException("The benchmark's matrix is not positive definite.");
        library.Solve(_matrix, order, direction);
    });

    /// <summary>The whole step with MathNet.Numerics' managed matrices.</summary>
    internal Action WithMathNet() => _problem.Alternate((point, gradient, direction) =>
    {
        int order = _problem.Parameters;
        var matrix = new DenseMatrix(order, order);
        ForEachChunk(point, rows =>
        {
            var jacobian = new DenseMatrix(rows, order, _jacobian.Length == rows * order ? _jacobian : _jacobian[..(rows * order)]);
            matrix.Add(jacobian.TransposeThisAndMultiply(jacobian), matrix);
        });
        for (int i = 0; i < order; i++) matrix[i, i] += _problem.Objective.Penalties[i] + BenchmarkProblem.Damping;
        matrix.Cholesky().Solve(-new DenseVector(gradient)).AsArray().CopyTo(direction, 0);
    });

    /// <summary>J^T J alone with OpenBLAS, forming J included, from factors that are at hand.</summary>
    internal Action Gram(OpenBlas library)
    {
        JacobianFactors<double>[] factors = _problem.AllFactors();
        return () => AddGrams(library, add => ForEachChunk(factors, add));
    }

    /// <summary>J J^T alone with OpenBLAS, forming J included, from factors that are at hand.</summary>
    internal static Action Kernel(BenchmarkProblem problem, OpenBlas library)
    {
        JacobianFactors<double>[] factors = problem.AllFactors();
        int rows = problem.Rows, parameters = problem.Parameters;
        double[] jacobian = new double[rows * parameters], product = new double[rows * rows];
        return () =>
        {
            Form(factors, rows, jacobian);
            library.Kernel(jacobian, rows, parameters, product);
        };
    }

    /// <summary>Sums J^T J over pieces of J that are formed one after the other.</summary>
    private void AddGrams(OpenBlas library, Action<Action<int>> forEachChunk)
    {
        double factor = 0;
        forEachChunk(rows =>
        {
            library.AddGram(_jacobian, rows, _problem.Parameters, factor, _matrix);
            factor = 1;
        });
    }

    private void ForEachChunk(double[] point, Action<int> body) => _problem.Objective.ForEachGroup(point, blocks => ForEachChunk(blocks.Span, body));

    /// <summary>Forms the Jacobian piece by piece and tells how many rows each has.</summary>
    private void ForEachChunk(ReadOnlySpan<JacobianFactors<double>> blocks, Action<int> body)
    {
        for (int start = 0; start < blocks.Length; start += BlocksAtOnce) body(Form(blocks.Slice(start, Math.Min(BlocksAtOnce, blocks.Length - start))));
    }

    /// <summary>Writes out the Jacobian of whole blocks.</summary>
    /// <returns>How many rows it has.</returns>
    private int Form(ReadOnlySpan<JacobianFactors<double>> blocks)
    {
        int rows = blocks.Length * RowBlock.Capacity;
        Form(blocks, rows, _jacobian);
        return rows;
    }

    /// <summary>Writes out the first <paramref name="rows"/> rows of the Jacobian of some blocks, column by column.</summary>
    private static void Form(ReadOnlySpan<JacobianFactors<double>> blocks, int rows, double[] jacobian)
    {
        for (int b = 0; b < blocks.Length; b++)
        {
            JacobianFactors<double> block = blocks[b];
            int first = b * RowBlock.Capacity, count = Math.Min(RowBlock.Capacity, rows - first), column = 0;
            Span<double> Next() => jacobian.AsSpan((column++ * rows) + first, count);
            for (int i = 0; i < block.UnitCount; i++)
            {
                for (int k = 0; k < block.InputCount; k++) Vectors.Multiply<double>(block.Slope(i), block.Input(k), Next());
            }

            for (int l = 0; l < block.OtherCount; l++) block.Other(l)[..count].CopyTo(Next());
        }
    }
}
