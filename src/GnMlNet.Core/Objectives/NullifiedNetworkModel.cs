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
    private readonly PenalizedLeastSquares _residuals;
    private readonly double[] _theta;

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
        _residuals = Residuals(BlockedRows.Unlabelled(data), threads);
        double[] labels = new double[OutputCount];
        _residuals.MoveTo(_theta);
        _residuals.Value(labels);
        // The labels come out of the pass that they are subtracted in later, so that f(w_init) is exactly zero.
        _residuals = Residuals(BlockedRows.Unlabelled(data, labels), threads);
        _residuals.MoveTo(_theta);
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
        _residuals.MoveTo(_theta);
    }

    /// <inheritdoc/>
    public override void Value(Span<double> outputs) => _residuals.Value(outputs);

    /// <inheritdoc/>
    public override void Multiply(ReadOnlySpan<double> v, Span<double> product) => _residuals.Multiply(v, product);

    /// <inheritdoc/>
    public override void MultiplyTransposed(ReadOnlySpan<double> u, Span<double> product) => _residuals.MultiplyTransposed(u, product);

    internal override WorkSharing Work => _residuals.Work;

    internal override void MultiplyGram(ReadOnlySpan<double> v, Span<double> product) => _residuals.MultiplyGram(v, product);

    internal override void SquareColumns(Span<double> squares) => _residuals.SquareColumns(squares);

    internal override void Gram(SymmetricMatrix target, CurvatureSample? sample = null) => _residuals.Gram(target, sample);

    internal override void Kernel(SymmetricMatrix target, SymmetricMatrix? biases = null) => _residuals.Kernel(target, biases);

    private PenalizedLeastSquares Residuals(BlockedRows rows, int threads) =>
        new(rows, Initial.Shape, Initial.Activation, penalty: 0, threads, trainsOutputLayer: false);
}
