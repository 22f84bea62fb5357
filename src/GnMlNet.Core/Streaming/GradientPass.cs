using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Streaming;

/// <summary>The sum of squares over some rows and half its gradient: sum_j w_j r_j^2, then J^T W r.</summary>
/// <param name="point">The network.</param>
/// <param name="choice">The rows.</param>
/// <param name="totalWeight">What their weights are divided by.</param>
internal sealed class GradientPass(PassPoint point, BlockChoice choice, double totalWeight) : NetworkPass(point, choice, totalWeight)
{
    internal override int Length => 1 + Point.Theta.Length;

    internal override PassSum Begin(TableLayout layout) => new GradientSum(Point, TotalWeight);

    private sealed class GradientSum(PassPoint point, double totalWeight) : PassSum
    {
        private readonly BlockResiduals _ofBlock = point.Residuals();
        private readonly JacobianFactors<double> _factors = point.Trained.NewFactors<double>();
        private readonly double[] _residuals = new double[RowBlock.Capacity];
        private readonly double[] _gradient = new double[point.Theta.Length];
        private readonly double[] _sum = new double[1 + point.Theta.Length];

        internal override void Add(int block, RowBlock[] views)
        {
            views[0].DivideWeights(totalWeight);
            _sum[0] += _ofBlock.Factor(views[0], point.Theta, _factors, _residuals);
            JacobianProducts.MultiplyTransposed(_factors, _residuals, _gradient);
            Vectors.AddScaled(_gradient, 1, _sum.AsSpan(1));
        }

        internal override void Take(Span<double> sum)
        {
            _sum.CopyTo(sum);
            Array.Clear(_sum);
        }
    }
}
