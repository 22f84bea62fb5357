using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

/// <summary>Factors of a Jacobian made up at random, and the Jacobian that they stand for.</summary>
internal static class FactorBlocks
{
    internal static JacobianFactors<double>[] Random(int units, int inputs, int others, int count, int seed, Func<Random, double>? draw = null)
    {
        var random = new Random(seed);
        draw ??= r => (2 * r.NextDouble()) - 1;
        void Fill(Span<double> column)
        {
            foreach (ref double value in column) value = draw(random);
        }

        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var block = new JacobianFactors<double>(units, inputs, others);
            for (int i = 0; i < units; i++) Fill(block.Slope(i));
            for (int k = 0; k < inputs; k++) Fill(block.Input(k));
            for (int l = 0; l < others; l++) Fill(block.Other(l));
            return block;
        })];
    }

    /// <summary>Two blocks in single precision.</summary>
    internal static JacobianFactors<float> Narrow(JacobianFactors<double> first, JacobianFactors<double> second)
    {
        var narrow = new JacobianFactors<float>(first.UnitCount, first.InputCount, first.OtherCount);
        void Both(Span<double> one, Span<double> two, Span<float> to)
        {
            Vectors.Narrow(one, to);
            Vectors.Narrow(two, to[RowBlock.Capacity..]);
        }

        for (int i = 0; i < first.UnitCount; i++) Both(first.Slope(i), second.Slope(i), narrow.Slope(i));
        for (int k = 0; k < first.InputCount; k++) Both(first.Input(k), second.Input(k), narrow.Input(k));
        for (int l = 0; l < first.OtherCount; l++) Both(first.Other(l), second.Other(l), narrow.Other(l));
        return narrow;
    }

    /// <summary>The columns of J, each as the one or two columns that it is the product of.</summary>
    internal static double[][][] ColumnFactors(JacobianFactors<double> block)
    {
        IEnumerable<double[][]> hidden = from i in Enumerable.Range(0, block.UnitCount) from k in Enumerable.Range(0, block.InputCount) select new[] { block.Slope(i).ToArray(), block.Input(k).ToArray() };
        return [.. hidden, .. Enumerable.Range(0, block.OtherCount).Select(l => new[] { block.Other(l).ToArray() })];
    }

    /// <summary>The columns of J over all blocks.</summary>
    internal static double[][] ExplicitColumns(params JacobianFactors<double>[] blocks)
    {
        double[][][][] factors = [.. blocks.Select(ColumnFactors)];
        return [.. Enumerable.Range(0, factors[0].Length).Select(column => factors.SelectMany(block => Product(block[column])).ToArray())];
    }

    private static double[] Product(double[][] columns) => columns.Length == 1 ? columns[0] : [.. columns[0].Zip(columns[1], (s, x) => s * x)];
}
