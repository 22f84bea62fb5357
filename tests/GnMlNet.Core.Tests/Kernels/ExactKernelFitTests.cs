using CsCheck;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.Kernels;

public class ExactKernelFitTests
{
    private const double Noise = 0.05;

    private static readonly Gen<Case> Cases = Gen.Select(Gen.Int[2, 60], Gen.Int[1, 4], Gen.Int).Select((rows, columns, seed) => new Case(rows, columns, seed));

    [Fact]
    public void Its_coefficients_solve_the_system() => Cases.Sample(of =>
    {
        double[] product = (DenseKernel.Covariance(of.Kernel, of.Points, of.Weights, Noise) * MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(of.Fit().Coefficients)).ToArray();
        for (int i = 0; i < product.Length; i++) product[i].Should().BeApproximately(of.Labels[i], 1e-6);
    });

    [Fact]
    public void Leaving_one_row_out_is_fitting_without_it() => Cases.Sample(
        of =>
        {
            double[] leftOut = of.Fit().LeaveOneOut();
            for (int i = 0; i < leftOut.Length; i++) leftOut[i].Should().BeApproximately(of.Without([i])[0], 1e-5);
        },
        iter: 20);

    [Fact]
    public void Leaving_sets_of_rows_out_is_fitting_without_each_and_taking_the_mean_over_the_sets_of_a_row() => Cases.Where(of => of.Labels.Length >= 8).Sample(
        of =>
        {
            var random = new Random(of.Labels.Length);
            // Two partitions into four sets.
            int[][] sets = [.. Enumerable.Range(0, 2).SelectMany(_ =>
            {
                int[] order = MathNet.Numerics.Combinatorics.GeneratePermutation(of.Labels.Length, random);
                return Enumerable.Range(0, 4).Select(fold => order.Where((_, place) => place % 4 == fold).ToArray());
            })];
            double[] expected = new double[of.Labels.Length];
            foreach (int[] set in sets)
            {
                double[] predictions = of.Without(set);
                for (int i = 0; i < set.Length; i++) expected[set[i]] += predictions[i] / 2;
            }

            ExactKernelFit fit = of.Fit();
            double[] leftOut = fit.LeaveOut(sets, new WorkSharing(1));
            for (int i = 0; i < expected.Length; i++) leftOut[i].Should().BeApproximately(expected[i], 1e-5);
            fit.LeaveOut(sets, new WorkSharing(7)).Should().Equal(leftOut);
        },
        iter: 20);

    [Fact]
    public void Threads_change_no_bit()
    {
        var of = new Case(400, 3, 1);
        double[] one = of.Fit(1).Coefficients;
        of.Fit(2).Coefficients.Should().Equal(one);
        of.Fit(7).Coefficients.Should().Equal(one);
    }

    [Fact]
    public void Points_that_nearly_coincide_without_noise_still_give_a_fit()
    {
        double[][] points = [[0], [1e-12], [1], [1 + 1e-12]];
        var fit = new ExactKernelFit(DenseKernel.RandomKernel(1, new Random(1)), 1e-12, DenseKernel.Columns(points), [1, 1, 2, 2], [1, 1, 1, 1], new WorkSharing(1));
        fit.Coefficients.Should().OnlyContain(value => double.IsFinite(value));
        fit.LeaveOneOut().Should().OnlyContain(value => double.IsFinite(value));
    }

    private sealed class Case
    {
        internal Case(int rows, int columns, int seed)
        {
            var random = new Random(seed);
            Points = DenseKernel.RandomPoints(rows, columns, random);
            (Labels, Weights) = (Problems.RandomVector(rows, random, 1.5), [.. Enumerable.Range(0, rows).Select(_ => 0.5 + random.Next(3))]);
            Kernel = DenseKernel.RandomKernel(columns, random);
        }

        internal double[][] Points { get; }

        internal double[] Labels { get; }

        internal double[] Weights { get; }

        internal RadialKernel Kernel { get; }

        internal ExactKernelFit Fit(int threads = 1) => new(Kernel, Noise, DenseKernel.Columns(Points), Labels, Weights, new WorkSharing(threads));

        /// <summary>The dense fit without some rows, at these.</summary>
        internal double[] Without(int[] rows) =>
            DenseKernel.Posterior(Kernel, Points.Without(rows), Labels.Without(rows), Weights.Without(rows), Noise, [.. rows.Select(row => Points[row])]);
    }
}
