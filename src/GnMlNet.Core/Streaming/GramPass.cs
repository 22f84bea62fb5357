using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Streaming;

/// <summary>J^T W J over some rows: its lower triangle, row by row.</summary>
/// <param name="point">The network.</param>
/// <param name="choice">The rows.</param>
/// <param name="totalWeight">What their weights are divided by.</param>
/// <param name="inSinglePrecision">Whether products of two blocks are summed in single precision.</param>
internal sealed class GramPass(PassPoint point, BlockChoice choice, double totalWeight, bool inSinglePrecision) : NetworkPass(point, choice, totalWeight)
{
    /// <summary>Whether products of two blocks are summed in single precision.</summary>
    internal bool InSinglePrecision => inSinglePrecision;

    internal override int Length => checked((int)PackedTriangle<double>.Length(Point.Theta.Length));

    internal override PassSum Begin(TableLayout layout) => new GramSum(Point, TotalWeight, inSinglePrecision);

    private sealed class GramSum : PassSum
    {
        // Products of a few blocks at a time are added, as many as second-level caches hold.
        private const int BlocksAtOnce = 4;

        private static readonly WorkSharing s_alone = new(threads: 1);

        private readonly PassPoint _point;
        private readonly double _totalWeight;
        private readonly BlockResiduals _ofBlock;
        private readonly JacobianFactors<double>[] _factors;
        private readonly NarrowedFactors? _narrowed;
        private readonly StructuredGram _gram;
        private readonly SymmetricMatrix _matrix;
        private readonly double[] _residuals = new double[RowBlock.Capacity];
        private int _held;

        internal GramSum(PassPoint point, double totalWeight, bool inSinglePrecision)
        {
            (_point, _totalWeight, _ofBlock) = (point, totalWeight, point.Residuals());
            TrainedParameters trained = point.Trained;
            _factors = [.. Enumerable.Range(0, BlocksAtOnce).Select(_ => trained.NewFactors<double>())];
            _narrowed = inSinglePrecision ? new NarrowedFactors(trained.NewFactors<float>, s_alone) : null;
            _gram = new StructuredGram(trained.Shape.HiddenSize, trained.Shape.UnitLength, trained.OtherCount, s_alone);
            _matrix = new SymmetricMatrix(point.Theta.Length);
        }

        internal override void Add(int block, RowBlock[] views)
        {
            views[0].DivideWeights(_totalWeight);
            _ofBlock.Factor(views[0], _point.Theta, _factors[_held++], _residuals);
            if (_held == BlocksAtOnce) AddHeld();
        }

        internal override void Take(Span<double> sum)
        {
            if (_held > 0) AddHeld();
            _gram.CopyTo(_matrix);
            _gram.Clear();
            _matrix.PackTo(sum);
        }

        private void AddHeld()
        {
            if (_narrowed is null) _gram.Add(_factors.AsMemory(0, _held));
            else _gram.Add(_narrowed.Of(_factors.AsMemory(0, _held)));
            _held = 0;
        }
    }
}
