using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Objectives;

/// <summary>
/// E(theta) = sum_j w_j (f(x_j; theta) - y_j)^2 + sum_i lambda_i theta_i^2 in standardized units, sum_j w_j = 1; <see cref="NetworkResiduals"/> has the
/// symbols. At first the penalty is one number lambda for all parameters but the biases, which have none; <see cref="SetPenalties"/> gives every parameter its own.
/// As a model its outputs are the weighted residuals sqrt(w_j) r_j, so that J^T J below is J^T W J of the network. A point is a whole theta, also where only the
/// first p of its numbers are trained.
/// </summary>
internal sealed class PenalizedLeastSquares : DifferentiableModel
{
    private readonly BlockedRows _data;
    private readonly NetworkResiduals _residuals;
    private readonly double[] _penalties;
    private readonly double[] _point;

    // One number a row, in whole blocks; what stands at unused rows is zero.
    private readonly Lazy<double[]> _rows;
    private readonly Lazy<StructuredGram> _gram;
    private readonly Lazy<DualKernel> _kernel;
    private readonly NarrowedFactors _narrowed;
    private readonly Func<NarrowLinearization> _newLinearization;
    private readonly LinearizationRoom? _room;

    // What passes do, made once so that a pass allocates nothing.
    private readonly Action<FactoredBlock> _addGradient = block => JacobianProducts.MultiplyTransposed(block.Factors, block.Residuals, block.Sum);
    private readonly Action<FactoredBlock> _squareColumns = block => JacobianProducts.SquareColumns(block.Factors, block.Sum);
    private readonly Action<FactoredBlock> _copyResiduals;
    private readonly Action<FactoredBlock> _narrow;
    private readonly Action<FactoredBlock> _addGradientAndNarrow;
    private readonly Action<FactoredBlock> _multiply;
    private readonly Action<FactoredBlock> _multiplyTransposed;
    private readonly Action<FactoredBlock> _multiplyGram;
    private readonly Action<FactoredBlock> _setKernelRows;
    private readonly Action<ReadOnlyMemory<JacobianFactors<double>>> _addGram;
    private readonly Action<ReadOnlyMemory<JacobianFactors<double>>> _addNarrowedGram;
    private readonly double[] _vector;

    // The last point that steps began at and the last one that was tried, which may be the next.
    private NarrowLinearization? _linearization;
    private NarrowLinearization? _trialLinearization;
    private double[]? _trialPoint;

    // From the first time that it is asked for on, evaluations keep J of their point in single precision: the next step may begin there.
    private bool _keepsNarrow;

    /// <param name="data">The rows.</param>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="activation">Its activation.</param>
    /// <param name="penalty">lambda.</param>
    /// <param name="threads">How many threads may work at once.</param>
    /// <param name="trainsOutputLayer">Whether all parameters are trained, or the hidden weights alone.</param>
    /// <param name="room">Room that it shares with others that take steps in turn, or null.</param>
    internal PenalizedLeastSquares(
        BlockedRows data, NetworkShape shape, Activation activation, double penalty, int threads, bool trainsOutputLayer = true, LinearizationRoom? room = null)
    {
        _room = room;
        _data = data;
        Trained = new TrainedParameters(shape, trainsOutputLayer);
        Work = new WorkSharing(threads);
        _residuals = new NetworkResiduals(data.Blocks, Trained, activation, Work);
        _penalties = [.. Enumerable.Range(0, Trained.Count).Select(i => shape.IsBias(i) ? 0 : penalty)];
        _point = new double[shape.ParameterCount];
        _vector = new double[Trained.Count];
        OutputCount = RowCountOf(RowSample.All(BlockCount));
        _rows = new(() => new double[BlockCount * RowBlock.Capacity]);
        _gram = new(() => new StructuredGram(shape.HiddenSize, shape.UnitLength, Trained.OtherCount, Work));
        _kernel = new(() => new DualKernel(OutputCount, shape.HiddenSize, shape.UnitLength, Trained.OtherCount, Work));
        _narrowed = new NarrowedFactors(Trained.NewFactors<float>, Work);
        _newLinearization = () => new NarrowLinearization(Trained, activation, BlockCount, Work);
        _narrow = block => _trialLinearization!.Set(block);
        _addGradientAndNarrow = _addGradient + _narrow;
        _copyResiduals = block => block.Residuals.CopyTo(block.Of(_rows.Value));
        _multiply = block => JacobianProducts.Multiply(block.Factors, _vector, block.Of(_rows.Value));
        _multiplyTransposed = block => JacobianProducts.MultiplyTransposed(block.Factors, block.Of(_rows.Value), block.Sum);
        _multiplyGram = _multiply + _multiplyTransposed;
        _setKernelRows = block => _kernel.Value.SetRows(block.FirstRow, block.RowCount, block.Factors);
        _addGram = factors => _gram.Value.Add(factors);
        _addNarrowedGram = factors => _gram.Value.Add(_narrowed.Of(factors));
    }

    internal NetworkShape Shape => Trained.Shape;

    /// <summary>Which parameters J has columns for.</summary>
    internal TrainedParameters Trained { get; }

    /// <summary>p, the number of trained parameters.</summary>
    public override int ParameterCount => Trained.Count;

    /// <summary>n, the number of rows.</summary>
    public override int OutputCount { get; }

    /// <inheritdoc/>
    internal override WorkSharing Work { get; }

    /// <summary>How many blocks of rows there are.</summary>
    internal int BlockCount => _data.Blocks.Length;

    /// <summary>n as evidence counts the rows: by the weights that they had before these were brought to the sum 1.</summary>
    internal double TotalWeight => _data.TotalWeight;

    /// <summary>The lambda_i of all trained parameters, each at least 0.</summary>
    internal ReadOnlySpan<double> Penalties => _penalties;

    /// <summary>Gives every trained parameter a penalty of its own.</summary>
    internal void SetPenalties(ReadOnlySpan<double> penalties) => penalties.CopyTo(_penalties);

    /// <summary>sum_i lambda_i theta_i^2, over the trained parameters.</summary>
    internal double Penalty(ReadOnlySpan<double> parameters)
    {
        double sum = 0;
        for (int i = 0; i < _penalties.Length; i++) sum += _penalties[i] * parameters[i] * parameters[i];
        return sum;
    }

    /// <summary>sum_j w_j r_j^2: the mean square error in standardized units, without the penalty.</summary>
    internal double MeanSquaredError(ReadOnlySpan<double> parameters) => _residuals.SumOfSquares(parameters);

    /// <summary>E(theta) over all rows, with g = J^T W r + Lambda theta, half its gradient (Lambda is the diagonal of the lambda_i).</summary>
    internal double LossAndGradient(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        if (_keepsNarrow) BeginTrial(parameters);
        double meanSquaredError = _residuals.SumOfSquares(parameters, _keepsNarrow ? _addGradientAndNarrow : _addGradient, gradient);
        for (int i = 0; i < gradient.Length; i++) gradient[i] += _penalties[i] * parameters[i];
        return meanSquaredError + Penalty(parameters);
    }

    /// <summary>Sets theta, the point that all other members speak of: all parameters of the network, also those that are not trained.</summary>
    public override void MoveTo(ReadOnlySpan<double> parameters)
    {
        if (parameters.Length != _point.Length) throw new ArgumentException($"The network has {_point.Length} parameters, not {parameters.Length}.", nameof(parameters));
        parameters.CopyTo(_point);
    }

    /// <inheritdoc/>
    public override void Value(Span<double> outputs)
    {
        _residuals.ForEachBlock(_point, _copyResiduals);
        _rows.Value.AsSpan(0, OutputCount).CopyTo(outputs);
    }

    /// <inheritdoc/>
    public override void Multiply(ReadOnlySpan<double> v, Span<double> product)
    {
        v.CopyTo(_vector);
        _residuals.ForEachBlock(_point, _multiply);
        _rows.Value.AsSpan(0, OutputCount).CopyTo(product);
    }

    /// <inheritdoc/>
    public override void MultiplyTransposed(ReadOnlySpan<double> u, Span<double> product)
    {
        u.CopyTo(_rows.Value);
        _rows.Value.AsSpan(OutputCount).Clear();
        _residuals.ForEachBlock(_point, _multiplyTransposed, product);
    }

    /// <inheritdoc/>
    internal override void MultiplyGram(ReadOnlySpan<double> v, Span<double> product)
    {
        v.CopyTo(_vector);
        _residuals.ForEachBlock(_point, _multiplyGram, product);
    }

    /// <inheritdoc/>
    internal override void SquareColumns(Span<double> squares) => _residuals.ForEachBlock(_point, _squareColumns, squares);

    /// <summary>J^T J, p x p; that of a sample of the rows is weighted up to all of them.</summary>
    internal override void Gram(SymmetricMatrix target, CurvatureSample? sample = null)
    {
        CurvatureSample from = sample ?? CurvatureSample.Exact(BlockCount);
        _gram.Value.Clear();
        _residuals.ForEachGroup(_point, from.Rows, from.SinglePrecision ? _addNarrowedGram : _addGram);
        _gram.Value.CopyTo(target);
        if (!from.Rows.IsAll) target.Scale(1 / WeightOf(from.Rows));
    }

    /// <summary>J and the residuals of all rows in single precision, until the next call.</summary>
    internal NarrowLinearization LinearizeNarrowly()
    {
        if (_trialPoint is null || !_trialPoint.AsSpan().SequenceEqual(_point))
        {
            BeginTrial(_point);
            _residuals.ForEachBlock(_point, _narrow);
        }

        (_linearization, _trialLinearization) = (_trialLinearization, _linearization);
        (_trialPoint, _keepsNarrow) = (null, true);
        return _linearization!;
    }

    /// <summary>Leaves to others, between two steps, the room of J in single precision but for that of the point that the next step begins at.</summary>
    /// <param name="next">That point.</param>
    internal void LeaveRoom(ReadOnlySpan<double> next)
    {
        if (_room is null) return;
        if (_linearization is not null) _room.Leave(_linearization);
        _linearization = null;
        if (_trialLinearization is null || (_trialPoint is not null && next.SequenceEqual(_trialPoint))) return;
        _room.Leave(_trialLinearization);
        (_trialLinearization, _trialPoint) = (null, null);
    }

    /// <summary>Gives back the room of J in single precision.</summary>
    internal void ForgetNarrow() => (_linearization, _trialLinearization, _trialPoint, _keepsNarrow) = (null, null, null, false);

    /// <summary>J^T J from some pairs of blocks of the last <see cref="LinearizeNarrowly"/>, weighted up to all rows.</summary>
    internal void Gram(SymmetricMatrix target, RowSample pairs)
    {
        _gram.Value.Clear();
        _linearization!.AddGram(_gram.Value, pairs);
        _gram.Value.CopyTo(target);
        if (!pairs.IsAll) target.Scale(1 / _linearization!.WeightOf(pairs));
    }

    /// <inheritdoc/>
    internal override void Kernel(SymmetricMatrix target, SymmetricMatrix? biases)
    {
        _residuals.ForEachBlock(_point, _setKernelRows);
        _kernel.Value.Compute(target, biases);
    }

    /// <inheritdoc/>
    internal override void WeightedKernel(SymmetricMatrix target, double[] weights)
    {
        int inputs = Shape.UnitLength, hidden = Shape.HiddenSize * inputs;
        for (int i = inputs; i < hidden; i++)
        {
            if (weights[i] != weights[i % inputs]) throw new ArgumentException("The weights of an input to the hidden units must be the same for all.", nameof(weights));
        }

        _residuals.ForEachBlock(_point, _setKernelRows);
        _kernel.Value.ComputeWeighted(target, weights.AsSpan(0, inputs), weights.AsSpan(hidden));
    }

    /// <inheritdoc/>
    internal override void ColumnForms(RowMatrix matrix, Span<double> forms)
    {
        int inputs = Shape.UnitLength, hidden = Shape.HiddenSize * inputs;
        _residuals.ForEachBlock(_point, _setKernelRows);
        _kernel.Value.ColumnForms(matrix, forms[..inputs], forms[hidden..]);
        for (int k = 0; k < inputs; k++) forms[k] /= Shape.HiddenSize;
        for (int i = inputs; i < hidden; i++) forms[i] = forms[i % inputs];
    }

    private void BeginTrial(ReadOnlySpan<double> parameters)
    {
        _trialLinearization ??= _room?.Take(BlockCount) ?? _newLinearization();
        _trialPoint = parameters.ToArray();
    }

    /// <summary>Hands over the factors of all blocks of rows, in order, as many as are held at once.</summary>
    internal void ForEachGroup(ReadOnlySpan<double> parameters, Action<ReadOnlyMemory<JacobianFactors<double>>> group) =>
        _residuals.ForEachGroup(parameters, RowSample.All(BlockCount), group);

    /// <summary>How many rows a sample has.</summary>
    internal int RowCountOf(RowSample sample)
    {
        int rows = 0;
        for (int i = 0; i < sample.Count; i++) rows += _data.Blocks[sample.Block(i)].RowCount;
        return rows;
    }

    // In training, where samples are taken, all rows together have weight 1.
    private double WeightOf(RowSample sample)
    {
        double sum = 0;
        for (int i = 0; i < sample.Count; i++) sum += _data.Blocks[sample.Block(i)].Weights.Sum();
        return sum;
    }
}
