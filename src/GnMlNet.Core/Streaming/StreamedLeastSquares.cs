using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Streaming;

/// <summary>The objective of rows of a large table, wherever they are: loss, gradient and Gram matrices are sums of passes over them. It has no products with J alone, which steps of the primal form do without.</summary>
internal sealed class StreamedLeastSquares : PenalizedObjective
{
    // So many rows a parameter tell the curvature at the end to a percent or two, far better than intervals need it.
    private const int FinalRowsPerParameter = 1024;

    private readonly RowTable _table;
    private readonly Activation _activation;
    private readonly int _map;
    private readonly int? _member;
    private readonly int _blockCount;

    /// <param name="table">The table.</param>
    /// <param name="member">The member whose rows these are; null for all rows.</param>
    /// <param name="blockCount">How many of its blocks take part, the first ones.</param>
    /// <param name="map">The map that inputs come from.</param>
    /// <param name="shape">The shape of the network.</param>
    /// <param name="activation">Its activation.</param>
    /// <param name="penalty">lambda.</param>
    internal StreamedLeastSquares(RowTable table, int? member, int blockCount, int map, NetworkShape shape, Activation activation, double penalty)
        : base(new TrainedParameters(shape), penalty)
    {
        (_table, _member, _blockCount, _map, _activation) = (table, member, blockCount, map, activation);
        BlockChoice all = Choice(RowSample.All(blockCount));
        (OutputCount, TotalWeight) = (all.RowCount(table.Layout), all.Weight(table.Layout));
    }

    /// <summary>n, the number of rows.</summary>
    public override int OutputCount { get; }

    internal override int BlockCount => _blockCount;

    internal override double TotalWeight { get; }

    internal override CurvatureSample FinalCurvature
    {
        get
        {
            long needed = FinalRowsPerParameter * Trained.LongCount / RowBlock.Capacity;
            return new CurvatureSample(2 * needed >= _blockCount ? RowSample.All(_blockCount) : new RowSample(0, (int)needed, _blockCount), SinglePrecision: false);
        }
    }

    internal override int RowCountOf(RowSample sample) => Choice(sample).RowCount(_table.Layout);

    internal override void Gram(SymmetricMatrix target, CurvatureSample? sample = null)
    {
        CurvatureSample from = sample ?? CurvatureSample.Exact(BlockCount);
        double[] triangle = _table.Sum(new GramPass(PointAt(Point), Choice(from.Rows), TotalWeight, from.SinglePrecision));
        target.UnpackFrom(triangle);
        if (!from.Rows.IsAll) target.Scale(TotalWeight / Choice(from.Rows).Weight(_table.Layout));
    }

    /// <exception cref="NotSupportedException">Always: no step of the primal form asks for it.</exception>
    public override void Value(Span<double> outputs) => throw NoProducts();

    /// <inheritdoc cref="Value"/>
    public override void Multiply(ReadOnlySpan<double> v, Span<double> product) => throw NoProducts();

    /// <inheritdoc cref="Value"/>
    public override void MultiplyTransposed(ReadOnlySpan<double> u, Span<double> product) => throw NoProducts();

    private protected override double SumOfSquares(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        double[] sum = _table.Sum(new GradientPass(PointAt(parameters), Choice(RowSample.All(_blockCount)), TotalWeight));
        sum.AsSpan(1).CopyTo(gradient);
        return sum[0];
    }

    private static NotSupportedException NoProducts() => new("Rows that are passed over have no products with the Jacobian.");

    private BlockChoice Choice(RowSample sample) => new(_member, sample);

    private PassPoint PointAt(ReadOnlySpan<double> theta) => new(Shape, _activation, _map, theta.ToArray());
}
