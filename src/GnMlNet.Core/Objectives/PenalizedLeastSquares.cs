using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Objectives;

/// <summary>The objective of rows that are at hand, in memory.</summary>
internal sealed class PenalizedLeastSquares : PenalizedObjective
{
    private readonly BlockedRows _data;
    private readonly NetworkResiduals _residuals;

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
        : base(new TrainedParameters(shape, trainsOutputLayer), penalty)
    {
        _room = room;
        _data = data;
        Work = new WorkSharing(threads);
        _residuals = new NetworkResiduals(data.Blocks, Trained, activation, Work);
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

    /// <summary>n, the number of rows.</summary>
    public override int OutputCount { get; }

    /// <inheritdoc/>
    internal override WorkSharing Work { get; }

    internal override int BlockCount => _data.Blocks.Length;

    internal override double TotalWeight => _data.TotalWeight;

    /// <summary>sum_j w_j r_j^2: the mean square error in standardized units, without the penalty.</summary>
    internal double MeanSquaredError(ReadOnlySpan<double> parameters) => _residuals.SumOfSquares(parameters);

    private protected override double SumOfSquares(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        if (_keepsNarrow) BeginTrial(parameters);
        return _residuals.SumOfSquares(parameters, _keepsNarrow ? _addGradientAndNarrow : _addGradient, gradient);
    }

    /// <inheritdoc/>
    public override void Value(Span<double> outputs)
    {
        _residuals.ForEachBlock(Point, _copyResiduals);
        _rows.Value.AsSpan(0, OutputCount).CopyTo(outputs);
    }

    /// <inheritdoc/>
    public override void Multiply(ReadOnlySpan<double> v, Span<double> product)
    {
        v.CopyTo(_vector);
        _residuals.ForEachBlock(Point, _multiply);
        _rows.Value.AsSpan(0, OutputCount).CopyTo(product);
    }

    /// <inheritdoc/>
    public override void MultiplyTransposed(ReadOnlySpan<double> u, Span<double> product)
    {
        u.CopyTo(_rows.Value);
        _rows.Value.AsSpan(OutputCount).Clear();
        _residuals.ForEachBlock(Point, _multiplyTransposed, product);
    }

    /// <inheritdoc/>
    internal override void MultiplyGram(ReadOnlySpan<double> v, Span<double> product)
    {
        v.CopyTo(_vector);
        _residuals.ForEachBlock(Point, _multiplyGram, product);
    }

    /// <inheritdoc/>
    internal override void SquareColumns(Span<double> squares) => _residuals.ForEachBlock(Point, _squareColumns, squares);

    /// <summary>J^T J, p x p; that of a sample of the rows is weighted up to all of them.</summary>
    internal override void Gram(SymmetricMatrix target, CurvatureSample? sample = null)
    {
        CurvatureSample from = sample ?? CurvatureSample.Exact(BlockCount);
        _gram.Value.Clear();
        _residuals.ForEachGroup(Point, from.Rows, from.SinglePrecision ? _addNarrowedGram : _addGram);
        _gram.Value.CopyTo(target);
        if (!from.Rows.IsAll) target.Scale(1 / WeightOf(from.Rows));
    }

    /// <summary>J and the residuals of all rows in single precision, until the next call.</summary>
    internal NarrowLinearization LinearizeNarrowly()
    {
        if (_trialPoint is null || !_trialPoint.AsSpan().SequenceEqual(Point))
        {
            BeginTrial(Point);
            _residuals.ForEachBlock(Point, _narrow);
        }

        (_linearization, _trialLinearization) = (_trialLinearization, _linearization);
        (_trialPoint, _keepsNarrow) = (null, true);
        return _linearization!;
    }

    /// <summary>Leaves to others, between two steps, the room of J in single precision but for that of the point that the next step begins at.</summary>
    /// <param name="next">That point.</param>
    internal override void LeaveRoom(ReadOnlySpan<double> next)
    {
        if (_room is null) return;
        if (_linearization is not null) _room.Leave(_linearization);
        _linearization = null;
        if (_trialLinearization is null || (_trialPoint is not null && next.SequenceEqual(_trialPoint))) return;
        _room.Leave(_trialLinearization);
        (_trialLinearization, _trialPoint) = (null, null);
    }

    /// <summary>Gives back the room of J in single precision.</summary>
    internal override void ForgetNarrow() => (_linearization, _trialLinearization, _trialPoint, _keepsNarrow) = (null, null, null, false);

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
        _residuals.ForEachBlock(Point, _setKernelRows);
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

        _residuals.ForEachBlock(Point, _setKernelRows);
        _kernel.Value.ComputeWeighted(target, weights.AsSpan(0, inputs), weights.AsSpan(hidden));
    }

    /// <inheritdoc/>
    internal override void ColumnForms(RowMatrix matrix, Span<double> forms)
    {
        int inputs = Shape.UnitLength, hidden = Shape.HiddenSize * inputs;
        _residuals.ForEachBlock(Point, _setKernelRows);
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
    internal override int RowCountOf(RowSample sample)
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
