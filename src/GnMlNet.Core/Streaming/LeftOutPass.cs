using GnMlNet.Core.Data;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Streaming;

/// <summary>
/// How far the members of an ensemble are off on the rows that they leave out. Every row is left out by one member of each partition; with their errors e, the sums over all rows of w, of w times the square of their mean,
/// of w times the mean of their squares, and of w times their product, which is 0 with one partition.
/// </summary>
/// <param name="points">The members' networks, in order; members of a partition have the same map.</param>
/// <param name="partitions">1 or 2.</param>
/// <param name="least">The least standardized label that is predicted.</param>
/// <param name="greatest">The greatest one.</param>
internal sealed class LeftOutPass(PassPoint[] points, int partitions, double least, double greatest) : RowPass
{
    /// <summary>The members' networks.</summary>
    internal IReadOnlyList<PassPoint> Points => points;

    /// <summary>1 or 2.</summary>
    internal int Partitions => partitions;

    /// <summary>The least standardized label that is predicted.</summary>
    internal double Least => least;

    /// <summary>The greatest one.</summary>
    internal double Greatest => greatest;

    internal override int Length => 4;

    internal override int InputSize => points[0].Shape.InputSize;

    // One map for each partition, which may be the same.
    internal override IReadOnlyList<int> Maps => [.. Enumerable.Range(0, partitions).Select(partition => points[partition * points.Length / partitions].Map)];

    internal override int[] Blocks(TableLayout layout) => [.. Enumerable.Range(0, layout.BlockCount)];

    internal override long RowCount(TableLayout layout) => layout.RowCount;

    internal override PassSum Begin(TableLayout layout) => new ErrorSum(layout, points, partitions, least, greatest);

    private sealed class ErrorSum(TableLayout layout, PassPoint[] points, int partitions, double least, double greatest) : PassSum
    {
        private readonly BlockResiduals[] _ofBlock = [.. points.Select(point => point.Residuals())];
        private readonly double[] _sum = new double[4];
        private readonly double[][] _errors = [.. Enumerable.Range(0, partitions).Select(_ => new double[RowBlock.Capacity])];

        internal override void Add(int block, RowBlock[] views)
        {
            for (int partition = 0; partition < partitions; partition++)
            {
                int member = layout.LeftOutBy(block, partition);
                RowBlock view = views[partition];
                double[] errors = _errors[partition];
                _ofBlock[member].Predict(view, points[member].Theta, errors);
                for (int j = 0; j < view.RowCount; j++) errors[j] = Math.Clamp(errors[j], least, greatest) - view.Labels[j];
            }

            RowBlock rows = views[0];
            for (int j = 0; j < rows.RowCount; j++)
            {
                double weight = rows.Weights[j], first = _errors[0][j], second = _errors[^1][j], mean = (first + second) / 2;
                _sum[0] += weight;
                _sum[1] += weight * mean * mean;
                _sum[2] += weight * ((first * first) + (second * second)) / 2;
                _sum[3] += partitions == 1 ? 0 : weight * first * second;
            }
        }

        internal override void Take(Span<double> sum)
        {
            _sum.CopyTo(sum);
            Array.Clear(_sum);
        }
    }
}
