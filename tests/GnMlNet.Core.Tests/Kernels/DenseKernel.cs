using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Kernels;

/// <summary>A kernel by its formula and dense matrices of MathNet: the other way to everything that the block computes.</summary>
internal static class DenseKernel
{
    /// <summary>k(x, z), as the documentation of <see cref="RadialKernel"/> says it.</summary>
    internal static double Value(RadialKernel kernel, double[] x, double[] z)
    {
        double distance = 0, squared = 0;
        for (int k = 0; k < x.Length; k++)
        {
            distance += kernel.LaplaceRates[k] * Math.Abs(x[k] - z[k]);
            squared += Math.Pow(kernel.GaussianRates[k] * (x[k] - z[k]), 2);
        }

        return (kernel.LaplaceVariance * Math.Exp(-distance)) + (kernel.GaussianVariance * Math.Exp(-squared / 2)) + kernel.Constant;
    }

    internal static Matrix<double> Between(RadialKernel kernel, double[][] rows, double[][] columns) =>
        Matrix<double>.Build.Dense(rows.Length, columns.Length, (i, j) => Value(kernel, rows[i], columns[j]));

    /// <summary>K(X, X) + diag(noise/w_i).</summary>
    internal static Matrix<double> Covariance(RadialKernel kernel, double[][] points, double[] weights, double noise) =>
        Between(kernel, points, points) + Matrix<double>.Build.Diagonal(points.Length, points.Length, i => noise / weights[i]);

    /// <summary>The posterior's mean at some points.</summary>
    internal static double[] Posterior(RadialKernel kernel, double[][] points, double[] labels, double[] weights, double noise, double[][] at) =>
        (Between(kernel, at, points) * Covariance(kernel, points, weights, noise).Cholesky().Solve(Vector<double>.Build.Dense(labels))).ToArray();

    internal static double[][] RandomPoints(int count, int dimensions, Random random) => [.. Enumerable.Range(0, count).Select(_ => Problems.RandomVector(dimensions, random, 2))];

    internal static PointColumns<double> Columns(double[][] points) => PointColumns<double>.OfTable([.. points.SelectMany(point => point)], points[0].Length);

    internal static RadialKernel RandomKernel(int dimensions, Random random, double constant = 10) => new(
        0.3 + random.NextDouble(),
        [.. Enumerable.Range(0, dimensions).Select(_ => 0.1 + random.NextDouble())],
        0.3 + random.NextDouble(),
        [.. Enumerable.Range(0, dimensions).Select(_ => 0.1 + random.NextDouble())],
        constant);

    /// <summary>One rate for each of some columns.</summary>
    internal static RateGroups Groups(int columns) => RateGroups.Of(new FeatureMap([.. Enumerable.Repeat(ColumnMap.Plain(new ColumnScale(0, 1)), columns)]), []);

    internal static T[] Without<T>(this T[] values, params int[] places) => [.. values.Where((_, i) => !places.Contains(i))];
}
