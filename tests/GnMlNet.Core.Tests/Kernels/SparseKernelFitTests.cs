using CsCheck;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Kernels;

public class SparseKernelFitTests
{
    private const double Noise = 0.05;

    private static readonly Gen<Case> Cases = Gen.Select(Gen.Int[3, 60], Gen.Int[1, 3], Gen.Double[0.1, 0.9], Gen.Int)
        .Select((rows, columns, share, seed) => new Case(rows, columns, Math.Max(1, (int)(share * rows)), seed));

    [Fact]
    public void It_is_the_dense_formula() => Cases.Sample(
        of =>
        {
            SparseKernelFit fit = of.Fit();
            Dense dense = of.MakeDense();
            fit.Unexplained.Should().BeApproximately(dense.Unexplained, 1e-6);
            fit.NoiseVariance.Should().BeApproximately(Noise + dense.Unexplained, 1e-6);
            var expansion = new KernelExpansion(of.Kernel, fit.Centres, fit.Coefficients, inSinglePrecision: false);
            foreach (double[] x in DenseKernel.RandomPoints(10, of.Columns, new Random(1))) expansion.Evaluate(x).Should().BeApproximately(dense.Mean(x, fit.NoiseVariance), 1e-5);
        },
        iter: 40);

    [Fact]
    public void With_all_rows_as_centres_it_is_the_exact_form() => Gen.Select(Gen.Int[2, 60], Gen.Int[1, 3], Gen.Int).Sample(
        (rows, columns, seed) =>
        {
            var of = new Case(rows, columns, rows, seed);
            SparseKernelFit fit = of.Fit();
            fit.Unexplained.Should().BeLessThan(1e-6);
            var sparse = new KernelExpansion(of.Kernel, fit.Centres, fit.Coefficients, inSinglePrecision: false);
            double[][] at = DenseKernel.RandomPoints(10, columns, new Random(1));
            double[] exact = DenseKernel.Posterior(of.Kernel, of.Points, of.Labels, of.Weights, Noise, at);
            for (int i = 0; i < at.Length; i++) sparse.Evaluate(at[i]).Should().BeApproximately(exact[i], 1e-4);
            double[] leftOut = fit.LeaveOneOut([.. Enumerable.Range(0, rows)]).Predictions;
            double[] exactLeftOut = new ExactKernelFit(of.Kernel, Noise, DenseKernel.Columns(of.Points), of.Labels, of.Weights, new WorkSharing(1)).LeaveOneOut();
            Matrix<double> inverse = DenseKernel.Covariance(of.Kernel, of.Points, of.Weights, Noise).Inverse();
            for (int i = 0; i < rows; i++)
            {
                // A row with nearly all the leverage tells nothing about itself: there the sparse form draws a limit.
                if (Noise / of.Weights[i] * inverse[i, i] > 0.0101) leftOut[i].Should().BeApproximately(exactLeftOut[i], 1e-2);
            }
        },
        iter: 30);

    [Fact]
    public void Leaving_a_row_out_is_fitting_without_it_to_the_same_centres_and_noise() => Cases.Sample(
        of =>
        {
            SparseKernelFit fit = of.Fit();
            (double[] predictions, double[] variances) = fit.LeaveOneOut([.. Enumerable.Range(0, of.Labels.Length)]);
            int others = of.Labels.Length - of.Centres.Length;
            for (int i = 0; i < predictions.Length; i++)
            {
                Dense dense = of.MakeDense(without: i);
                predictions[i].Should().BeApproximately(dense.Mean(of.Points[i], fit.NoiseVariance), 1e-4);
                // What the centres cannot express at a row that is a centre they cannot on average.
                double own = of.Centres.Contains(i) ? fit.Unexplained * of.Labels.Length / others : Math.Max(0, dense.UnexplainedAt(of.Points[i]));
                variances[i].Should().BeApproximately(dense.VarianceOfCentres(of.Points[i], fit.NoiseVariance) + own, 1e-4);
            }
        },
        iter: 20);

    [Fact]
    public void Leaving_a_fold_out_is_fitting_without_it_to_the_same_centres_and_noise() => Cases.Sample(
        of =>
        {
            SparseKernelFit fit = of.Fit();
            int[][] folds = [.. Enumerable.Range(0, of.Labels.Length).GroupBy(i => i % 3).Select(fold => fold.ToArray())];
            int[] some = [.. Enumerable.Range(0, of.Labels.Length).Where(i => i % 5 != 1).Reverse()];
            (double[] predictions, double[] variances) = fit.LeaveOut(folds, some);
            int others = of.Labels.Length - of.Centres.Length;
            for (int at = 0; at < some.Length; at++)
            {
                int i = some[at];
                Dense dense = of.MakeDense(without: folds[i % 3]);
                predictions[at].Should().BeApproximately(dense.Mean(of.Points[i], fit.NoiseVariance), 1e-4);
                double own = of.Centres.Contains(i) ? fit.Unexplained * of.Labels.Length / others : Math.Max(0, dense.UnexplainedAt(of.Points[i]));
                variances[at].Should().BeApproximately(dense.VarianceOfCentres(of.Points[i], fit.NoiseVariance) + own, 1e-4);
            }
        },
        iter: 20);

    [Fact]
    public void A_fit_to_some_of_the_rows_is_that_of_a_table_of_these_and_says_of_others_what_it_predicts() => Cases.Sample(
        of =>
        {
            int[] rows = [.. Enumerable.Range(0, of.Labels.Length).Where(i => of.Centres.Contains(i) || i % 3 > 0)], others = [.. Enumerable.Range(0, of.Labels.Length).Except(rows)];
            SparseKernelFit fit = of.Fit(rows: rows);
            SparseKernelFit alone = new(
                of.Kernel, Noise, DenseKernel.Columns([.. rows.Select(i => of.Points[i])]), [.. rows.Select(i => of.Labels[i])], [.. rows.Select(i => of.Weights[i])],
                [.. of.Centres.Select(centre => Array.IndexOf(rows, centre))], [.. Enumerable.Range(0, rows.Length)], choosesMultiple: false, countsUnexplained: true, keepsRows: false, new WorkSharing(1));
            fit.NoiseVariance.Should().BeApproximately(alone.NoiseVariance, 1e-9);
            fit.Coefficients.Should().Equal(alone.Coefficients, (one, other) => Math.Abs(one - other) <= 1e-6 * (1 + Math.Abs(other)));
            (fit.LeaveOneOut(rows).Predictions, fit.LeaveOneOut(rows).Variances).Should().BeEquivalentTo(
                (alone.LeaveOneOut([.. Enumerable.Range(0, rows.Length)]).Predictions, alone.LeaveOneOut([.. Enumerable.Range(0, rows.Length)]).Variances),
                options => options.WithStrictOrdering().Using<double>(at => at.Subject.Should().BeApproximately(at.Expectation, 1e-6)).WhenTypeIs<double>());

            var function = new KernelExpansion(of.Kernel, fit.Centres, fit.Coefficients, inSinglePrecision: false);
            double[] left = fit.LeaveOneOut(others).Predictions, leftTogether = fit.LeaveOut([others, rows], others).Predictions;
            for (int k = 0; k < others.Length; k++)
            {
                left[k].Should().BeApproximately(function.Evaluate(of.Points[others[k]]), 1e-6);
                leftTogether[k].Should().BeApproximately(left[k], 1e-5);
            }
        },
        iter: 20);

    [Fact]
    public void A_weight_of_two_is_the_row_given_twice() => Cases.Sample(
        of =>
        {
            double[] whole = [.. of.Labels.Select((_, i) => 1.0 + (i % 2))];
            int[] rows = [.. Enumerable.Range(0, of.Labels.Length)], repeated = [.. rows, .. rows.Where(i => i % 2 == 1)];
            SparseKernelFit weighted = new(of.Kernel, Noise, DenseKernel.Columns(of.Points), of.Labels, whole, of.Centres, rows, choosesMultiple: false, countsUnexplained: true, keepsRows: false, new WorkSharing(1));
            SparseKernelFit copied = new(
                of.Kernel, Noise, DenseKernel.Columns([.. repeated.Select(i => of.Points[i])]), [.. repeated.Select(i => of.Labels[i])], [.. repeated.Select(_ => 1.0)], of.Centres, [.. Enumerable.Range(0, repeated.Length)], choosesMultiple: false, countsUnexplained: true, keepsRows: false, new WorkSharing(1));
            copied.NoiseVariance.Should().BeApproximately(weighted.NoiseVariance, 1e-9);
            KernelExpansion Function(SparseKernelFit fit) => new(of.Kernel, fit.Centres, fit.Coefficients, inSinglePrecision: false);
            foreach (double[] x in DenseKernel.RandomPoints(5, of.Columns, new Random(1))) Function(copied).Evaluate(x).Should().BeApproximately(Function(weighted).Evaluate(x), 1e-5);
        },
        iter: 40);

    [Fact]
    public void The_posterior_variance_is_the_dense_formula() => Cases.Sample(
        of =>
        {
            SparseKernelFit fit = of.Fit();
            Dense dense = of.MakeDense();
            PosteriorVariance posterior = fit.Posterior();
            foreach (double[] x in DenseKernel.RandomPoints(10, of.Columns, new Random(1)).Concat(of.Points))
                At(posterior, x).Should().BeApproximately(dense.VarianceOfCentres(x, fit.NoiseVariance) + Math.Max(0, dense.UnexplainedAt(x)), 1e-5);
        },
        iter: 30);

    [Fact]
    public void The_variance_grows_from_the_rows_out_to_that_of_the_kernel() => Gen.Select(Gen.Int[1, 3], Gen.Int).Sample(
        (columns, seed) =>
        {
            var of = new Case(40, columns, 20, seed, constant: 0);
            PosteriorVariance posterior = of.Fit().Posterior();
            double[] direction = [.. Enumerable.Repeat(1.0, columns)];
            double[] along = [.. Enumerable.Range(0, 40).Select(step => At(posterior, [.. direction.Select(value => value * (2 + (2 * step)))]))];
            along.Should().BeInAscendingOrder();
            along[^1].Should().BeApproximately(of.Kernel.Diagonal, 1e-2 * of.Kernel.Diagonal).And.BeLessThanOrEqualTo(of.Kernel.Diagonal);
            of.Points.Average(point => At(posterior, point)).Should().BeLessThan(along[^1]);
            At(posterior, [.. direction.Select(value => 1e6 * value)]).Should().Be(of.Kernel.Diagonal);
        },
        iter: 20);

    [Fact]
    public void Preconditioning_multiplies_by_the_inverse_of_the_matrix_that_it_names() => Cases.Sample(
        of =>
        {
            SparseKernelFit fit = of.Fit(keepsRows: true);
            Matrix<double> phi = of.MakeDense().Phi;
            Matrix<double> matrix = phi.TransposeThisAndMultiply(phi) + Matrix<double>.Build.Diagonal(of.Labels.Length, of.Labels.Length, i => fit.NoiseVariance / of.Weights[i]);
            double[] b = Problems.RandomVector(of.Labels.Length, new Random(2)), preconditioned = [.. b];
            fit.Precondition(preconditioned);
            Vector<double> expected = matrix.Cholesky().Solve(Vector<double>.Build.Dense(b));
            (Vector<double>.Build.Dense(preconditioned) - expected).L2Norm().Should().BeLessThan(1e-3 * Vector<double>.Build.Dense(b).L2Norm() / Noise);
            (matrix * Vector<double>.Build.Dense(preconditioned) - Vector<double>.Build.Dense(b)).L2Norm().Should().BeLessThan(1e-2 * Vector<double>.Build.Dense(b).L2Norm());
        },
        iter: 40);

    [Fact]
    public void The_multiple_of_the_noise_is_the_one_that_predicts_held_out_rows_best() => Gen.Select(Gen.Int[40, 120], Gen.Int).Sample(
        (rows, seed) =>
        {
            var of = new Case(rows, 1, 12, seed);
            int[] order = Combinatorics.GeneratePermutation(rows, new Random(seed));
            SparseKernelFit fit = of.Fit(order: order);
            int held = (int)(0.1 * rows);
            Dense others = of.MakeDense([.. order[..held]]), all = of.MakeDense();
            double variance = Noise + all.Unexplained;
            double Error(double multiple) => order[..held].Sum(i => of.Weights[i] * Math.Pow(others.Mean(of.Points[i], multiple * variance) - of.Labels[i], 2));
            fit.NoiseVariance.Should().BeApproximately(fit.NoiseMultiple * variance, 1e-6 * fit.NoiseMultiple);
            double least = new[] { 1.0, 2, 4, 8, 16, 32, 64 }.Min(Error);
            Error(fit.NoiseMultiple).Should().BeApproximately(least, 1e-5 * (1 + least));
        },
        iter: 20);

    [Fact]
    public void Rows_that_choose_the_multiple_are_whole_groups_the_first_that_hold_a_tenth() => Gen.Select(Gen.Int[40, 120], Gen.Int[2, 15], Gen.Int).Sample(
        (rows, groups, seed) =>
        {
            var of = new Case(rows, 1, 12, seed);
            var random = new Random(seed);
            int[] order = Combinatorics.GeneratePermutation(rows, random), numbers = [.. Enumerable.Range(0, rows).Select(_ => random.Next(groups))];
            if (numbers.Distinct().Count() < 2) return;
            SparseKernelFit fit = of.Fit(order: order, groups: numbers);
            var held = new List<int>();
            foreach (int group in order.Select(row => numbers[row]).Distinct().TakeWhile(_ => held.Count < (int)(0.1 * rows))) held.AddRange(Enumerable.Range(0, rows).Where(row => numbers[row] == group));
            Dense others = of.MakeDense([.. held]), all = of.MakeDense();
            double Error(double multiple) => held.Sum(i => of.Weights[i] * Math.Pow(others.Mean(of.Points[i], multiple * (Noise + all.Unexplained)) - of.Labels[i], 2));
            double least = new[] { 1.0, 2, 4, 8, 16, 32, 64 }.Min(Error);
            Error(fit.NoiseMultiple).Should().BeApproximately(least, 1e-5 * (1 + least));
        },
        iter: 20);

    [Fact]
    public void Threads_change_no_bit()
    {
        var of = new Case(1500, 2, 100, 1);
        SparseKernelFit one = of.Fit(keepsRows: true), two = of.Fit(keepsRows: true, threads: 2), seven = of.Fit(keepsRows: true, threads: 7);
        int[] some = [.. Enumerable.Range(0, 200).Select(i => 7 * i)];
        foreach (SparseKernelFit other in new[] { two, seven })
        {
            other.Coefficients.Should().Equal(one.Coefficients);
            other.LeaveOneOut(some).Variances.Should().Equal(one.LeaveOneOut(some).Variances);
            other.Posterior().Triangle.ToArray().Should().Equal(one.Posterior().Triangle.ToArray());
        }
    }

    private static double At(PosteriorVariance posterior, double[] x)
    {
        var variance = new double[1];
        posterior.Evaluate(x, variance);
        return variance[0];
    }

    private sealed class Case
    {
        internal Case(int rows, int columns, int centres, int seed, double constant = 10)
        {
            var random = new Random(seed);
            Columns = columns;
            Points = DenseKernel.RandomPoints(rows, columns, random);
            (Labels, Weights) = ([.. Points.Select(point => Math.Sin(2 * point[0]) + (0.5 * random.NextDouble()))], [.. Enumerable.Range(0, rows).Select(_ => 0.5 + random.Next(3))]);
            Kernel = DenseKernel.RandomKernel(columns, random, constant);
            Centres = Combinatorics.GeneratePermutation(rows, random)[..centres];
        }

        internal int Columns { get; }

        internal double[][] Points { get; }

        internal double[] Labels { get; }

        internal double[] Weights { get; }

        internal RadialKernel Kernel { get; }

        internal int[] Centres { get; }

        internal SparseKernelFit Fit(bool keepsRows = false, int[]? order = null, int threads = 1, int[]? groups = null, int[]? rows = null) => new(
            Kernel, Noise, DenseKernel.Columns(Points), Labels, Weights, Centres, order ?? rows ?? [.. Enumerable.Range(0, Labels.Length)], choosesMultiple: order is not null, countsUnexplained: true, keepsRows, new WorkSharing(threads), groups);

        internal Dense MakeDense(params int[] without) => new(Kernel, [.. Centres.Select(i => Points[i])], Points.Without(without), Labels.Without(without), Weights.Without(without));
    }

    /// <summary>The form by dense matrices: phi(x) = L^-1 k(Z, x), A = I + Phi W Phi^T/s^2.</summary>
    private sealed class Dense
    {
        private readonly RadialKernel _kernel;
        private readonly double[][] _centres;
        private readonly double[][] _points;
        private readonly double[] _weights;
        private readonly Matrix<double> _lower;
        private readonly Vector<double> _projection;

        internal Dense(RadialKernel kernel, double[][] centres, double[][] points, double[] labels, double[] weights)
        {
            (_kernel, _centres, _points, _weights) = (kernel, centres, points, weights);
            _lower = (DenseKernel.Between(kernel, centres, centres) + (1e-8 * kernel.Diagonal * Matrix<double>.Build.DenseIdentity(centres.Length))).Cholesky().Factor;
            Phi = _lower.Solve(DenseKernel.Between(kernel, centres, points));
            _projection = Phi * Vector<double>.Build.Dense([.. weights.Zip(labels, (w, y) => w * y)]);
        }

        internal Matrix<double> Phi { get; }

        internal double Unexplained => _points.Zip(_weights, (x, weight) => weight * Math.Max(0, UnexplainedAt(x))).Sum() / _weights.Sum();

        internal double UnexplainedAt(double[] x) => _kernel.Diagonal - Math.Pow(PhiAt(x).L2Norm(), 2);

        internal double Mean(double[] x, double variance) => PhiAt(x) * Precision(variance).Cholesky().Solve(_projection / variance);

        /// <summary>phi^T A^-1 phi.</summary>
        internal double VarianceOfCentres(double[] x, double variance) => PhiAt(x) * Precision(variance).Cholesky().Solve(PhiAt(x));

        private Vector<double> PhiAt(double[] x) => _lower.Solve(Vector<double>.Build.Dense([.. _centres.Select(centre => DenseKernel.Value(_kernel, centre, x))]));

        private Matrix<double> Precision(double variance) =>
            Matrix<double>.Build.DenseIdentity(_centres.Length) + (Phi * Matrix<double>.Build.Diagonal(_weights.Length, _weights.Length, i => _weights[i] / variance)).TransposeAndMultiply(Phi);
    }
}
