using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Tests;
using GnMlNet.Core.Tests.LinearAlgebra;

namespace GnMlNet.Benchmarks;

/// <summary>The numbers that are worked on: random, but the same in every run.</summary>
internal static class BenchmarkData
{
    internal const int Seed = 1;

    /// <summary>Numbers uniform in [-scale, scale].</summary>
    internal static double[] Vector(int length, double scale = 1) => Problems.RandomVector(length, new Random(Seed), scale);

    /// <summary>Vectors of numbers uniform in [-1, 1].</summary>
    internal static double[][] Rows(int count, int length) => [.. Vector(count * length).Chunk(length)];

    /// <summary>Factors of a Jacobian; the rows must fill whole blocks.</summary>
    internal static JacobianFactors<double>[] Factors(ProblemSize size) =>
        FactorBlocks.Random(size.Shape.HiddenSize, size.Shape.UnitLength, size.Trained.OtherCount, size.Rows / RowBlock.Capacity, Seed);

    /// <summary>The factors in single precision, two blocks together; an odd last one goes with a block of zeros.</summary>
    internal static JacobianFactors<float>[] Narrow(JacobianFactors<double>[] blocks)
    {
        var zeros = new JacobianFactors<double>(blocks[0].UnitCount, blocks[0].InputCount, blocks[0].OtherCount);
        return [.. blocks.Chunk(2).Select(pair => FactorBlocks.Narrow(pair[0], pair.ElementAtOrDefault(1) ?? zeros))];
    }

    /// <summary>The Jacobian that factors stand for, row by row.</summary>
    internal static double[][] ExplicitRows(params JacobianFactors<double>[] blocks)
    {
        double[][] columns = FactorBlocks.ExplicitColumns(blocks);
        return [.. Enumerable.Range(0, columns[0].Length).Select(j => columns.Select(column => column[j]).ToArray())];
    }

    /// <summary>The rows of a lower triangle of zeros.</summary>
    internal static double[][] LowerTriangle(int size) => [.. Enumerable.Range(1, size).Select(length => new double[length])];
}
