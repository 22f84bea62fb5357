using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Objectives;

/// <summary>
/// The paper's model on n rows (Section 2.1 and Remark 1): f(w) = phi(w) - phi(w_init) with phi(w)_j = sum_i c_i sigma(x_j . w_i),
/// where the signs c are fixed and only the hidden weights w, p = m d of them, are parameters. J = Df is never formed.
/// </summary>
public sealed class NullifiedNetworkModel : DifferentiableModel
{
    private readonly PenalizedLeastSquares _objective;
    private readonly WeightedJacobian _jacobian;
    private readonly double[] _theta;
    private readonly double[] _rows;
    private readonly double[] _product;
    private StructuredGram? _gram;
    private DualKernel? _kernel;

    /// <summary>Makes the model of a table.</summary>
    /// <param name="data">The rows; their labels and weights are not used.</param>
    /// <param name="initial">Signs, initial weights and activation.</param>
    /// <param name="threads">How many threads may work at once, at least 1; the results do not depend on it.</param>
    /// <exception cref="ArgumentException">The table is empty, or its number of features is not that of the network.</exception>
    public NullifiedNetworkModel(RegressionData data, SignedInitialization initial, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (data.RowCount == 0) throw new ArgumentException("The table has no rows.", nameof(data));
        if (data.InputSize != initial.Shape.InputSize)
            throw new ArgumentException($"The rows have {data.InputSize} features; the network takes {initial.Shape.InputSize}.", nameof(data));

        Initial = initial;
        OutputCount = data.RowCount;
        _theta = initial.Parameters();
        // f is the vector of residuals of a least squares problem whose labels are phi(w_init) and whose weights are 1.
        _objective = new PenalizedLeastSquares(Rows(data, initial), initial.Shape, initial.Activation, penalty: 0, threads, trainsOutputLayer: false);
        _jacobian = new WeightedJacobian(_objective);
        (_rows, _product) = (_jacobian.NewRowVector(), new double[ParameterCount]);
        MoveTo(initial.Weights);
    }

    /// <summary>Signs, initial weights and activation.</summary>
    public SignedInitialization Initial { get; }

    /// <inheritdoc/>
    public override int ParameterCount => Initial.Weights.Length;

    /// <inheritdoc/>
    public override int OutputCount { get; }

    /// <inheritdoc/>
    public override void MoveTo(ReadOnlySpan<double> parameters)
    {
        parameters.CopyTo(_theta.AsSpan(0, ParameterCount));
        _jacobian.MoveTo(_theta);
    }

    /// <inheritdoc/>
    public override void Value(Span<double> outputs)
    {
        RowSample all = RowSample.All(_objective.BlockCount);
        for (int start = 0, count; start < all.Count; start += count)
        {
            count = _objective.Factors(_theta, all, start).Length;
            for (int slot = 0; slot < count; slot++)
            {
                int rows = _objective.Block(all, start + slot).RowCount;
                _objective.WeightedResiduals(slot)[..rows].CopyTo(outputs[((start + slot) * RowBlock.Capacity)..]);
            }
        }
    }

    /// <inheritdoc/>
    public override void Multiply(ReadOnlySpan<double> v, Span<double> product)
    {
        v.CopyTo(_product);
        _jacobian.Multiply(_product, _rows);
        _rows.AsSpan(0, OutputCount).CopyTo(product);
    }

    /// <inheritdoc/>
    public override void MultiplyTransposed(ReadOnlySpan<double> u, Span<double> product)
    {
        u.CopyTo(_rows);
        _rows.AsSpan(OutputCount).Clear();
        _jacobian.MultiplyTransposed(_rows, _product);
        _product.CopyTo(product);
    }

    internal override void Gram(SymmetricMatrix target)
    {
        _gram ??= new StructuredGram(Initial.Shape.HiddenSize, Initial.Shape.UnitLength, 0, _objective.Work);
        _gram.Clear();
        RowSample all = RowSample.All(_objective.BlockCount);
        ReadOnlyMemory<JacobianFactors<double>> factors;
        for (int start = 0; start < all.Count; start += factors.Length)
        {
            factors = _objective.Factors(_theta, all, start);
            _gram.Add(factors);
        }

        _gram.CopyTo(target);
    }

    internal override void Kernel(SymmetricMatrix target)
    {
        _kernel ??= new DualKernel(OutputCount, Initial.Shape.HiddenSize, Initial.Shape.UnitLength, 0, _objective.Work);
        RowSample all = RowSample.All(_objective.BlockCount);
        for (int start = 0, count; start < all.Count; start += count)
        {
            ReadOnlyMemory<JacobianFactors<double>> factors = _objective.Factors(_theta, all, start);
            count = factors.Length;
            for (int slot = 0; slot < count; slot++)
                _kernel.SetRows((start + slot) * RowBlock.Capacity, _objective.Block(all, start + slot).RowCount, factors.Span[slot]);
        }

        _kernel.Compute(target, biases: null);
    }

    private static StandardizedData Rows(RegressionData data, SignedInitialization initial)
    {
        RowBlock[] blocks = [.. data.Blocks.Select(source =>
        {
            var target = new RowBlock(data.InputSize) { RowCount = source.RowCount };
            source.Values.AsSpan(0, target.Values.Length).CopyTo(target.Values);
            target.Weights.AsSpan(0, source.RowCount).Fill(1);
            return target;
        })];
        var labelled = new StandardizedData(blocks);
        // The labels come out of the pass that they are subtracted in later, so that f(w_init) is exactly zero.
        var zero = new PenalizedLeastSquares(labelled, initial.Shape, initial.Activation, penalty: 0, threads: 1, trainsOutputLayer: false);
        RowSample all = RowSample.All(blocks.Length);
        double[] parameters = initial.Parameters();
        for (int at = 0, count; at < all.Count; at += count)
        {
            count = zero.Factors(parameters, all, at).Length;
            for (int slot = 0; slot < count; slot++) zero.WeightedResiduals(slot)[..blocks[at + slot].RowCount].CopyTo(blocks[at + slot].Labels);
        }

        return labelled;
    }
}
