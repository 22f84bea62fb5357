using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Objectives;

/// <summary>
/// Products with diag(sqrt(w)) J at one point, over all rows, without forming it. Vectors over rows have one number a row, in whole blocks;
/// what stands at unused rows is zero. Sums add the blocks in order, so the bits do not depend on the number of threads.
/// </summary>
internal sealed class WeightedJacobian
{
    private readonly PenalizedLeastSquares _objective;
    private readonly double[] _parameters;
    private readonly RowSample _all;
    private readonly double[] _rows;
    private readonly Action<int> _multiply;
    private readonly Action<int> _multiplyTransposed;
    private readonly Action<int> _multiplyGram;
    private readonly Action<int> _squareColumns;
    private ReadOnlyMemory<JacobianFactors<double>> _factors;
    private double[] _vector = [];
    private double[] _rowVector = [];
    private int _start;

    internal WeightedJacobian(PenalizedLeastSquares objective)
    {
        _objective = objective;
        _parameters = new double[objective.Shape.ParameterCount];
        _all = RowSample.All(objective.BlockCount);
        _rows = NewRowVector();
        _multiply = slot => JacobianProducts.Multiply(_factors.Span[slot], _vector, Rows(_rowVector, slot));
        _multiplyTransposed = slot => JacobianProducts.MultiplyTransposed(_factors.Span[slot], Rows(_rowVector, slot), _objective.BlockSums[slot]);
        _multiplyGram = slot =>
        {
            JacobianProducts.Multiply(_factors.Span[slot], _vector, Rows(_rows, slot));
            JacobianProducts.MultiplyTransposed(_factors.Span[slot], Rows(_rows, slot), _objective.BlockSums[slot]);
        };
        _squareColumns = slot => JacobianProducts.SquareColumns(_factors.Span[slot], _objective.BlockSums[slot]);
    }

    /// <summary>Room for one number a row.</summary>
    internal double[] NewRowVector() => new double[_all.Count * RowBlock.Capacity];

    /// <summary>Sets theta.</summary>
    internal void MoveTo(ReadOnlySpan<double> parameters) => parameters.CopyTo(_parameters);

    /// <summary>target = J v.</summary>
    internal void Multiply(double[] v, double[] target)
    {
        (_vector, _rowVector) = (v, target);
        Pass(_multiply);
    }

    /// <summary>target = J^T u.</summary>
    internal void MultiplyTransposed(double[] u, double[] target)
    {
        _rowVector = u;
        Sum(_multiplyTransposed, target);
    }

    /// <summary>target = J^T J v.</summary>
    internal void MultiplyGram(double[] v, double[] target)
    {
        _vector = v;
        Sum(_multiplyGram, target);
    }

    /// <summary>target = the diagonal of J^T J.</summary>
    internal void SquareColumns(double[] target) => Sum(_squareColumns, target);

    private void Sum(Action<int> body, double[] target)
    {
        Array.Clear(target);
        Pass(body, target);
    }

    private void Pass(Action<int> body, double[]? sum = null)
    {
        for (_start = 0; _start < _all.Count; _start += _factors.Length)
        {
            _factors = _objective.Factors(_parameters, _all, _start);
            _objective.Work.For(_factors.Length, body);
            for (int slot = 0; sum is not null && slot < _factors.Length; slot++) Vectors.AddScaled(_objective.BlockSums[slot], 1, sum);
        }
    }

    private Span<double> Rows(double[] vector, int slot) => vector.AsSpan((_start + slot) * RowBlock.Capacity, RowBlock.Capacity);
}
