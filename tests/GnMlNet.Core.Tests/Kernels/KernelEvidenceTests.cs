using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Kernels;

public class KernelEvidenceTests
{
    private const double Jitter = 1e-8;

    private static readonly Gen<Case> Cases = Gen.Select(Gen.Int[2, 30], Gen.Int[1, 4], Gen.Bool, Gen.Int).Select((rows, columns, hasLaplace, seed) => new Case(rows, columns, hasLaplace, seed));

    [Fact]
    public void It_is_the_density_of_the_labels_and_of_the_prior() => Cases.Sample(
        of =>
        {
            Matrix<double> covariance = of.Covariance(of.Theta);
            Vector<double> y = Vector<double>.Build.Dense(of.Labels);
            double likelihood = ((y * covariance.Cholesky().Solve(y)) + covariance.Cholesky().DeterminantLn) / 2;
            of.Evidence.Evaluate(of.Theta).Should().BeApproximately(likelihood + Prior(of.Parameters, of.Theta), 1e-8 * (1 + Math.Abs(likelihood)));
        },
        iter: 60);

    [Fact]
    public void Its_gradient_is_the_limit_of_differences() => Cases.Sample(
        of =>
        {
            double[] gradient = of.Differentiate().Gradient;
            for (int p = 0; p < gradient.Length; p++)
            {
                double difference = (of.Evidence.Evaluate(of.Shifted(p, 1e-4)) - of.Evidence.Evaluate(of.Shifted(p, -1e-4))) / 2e-4;
                gradient[p].Should().BeApproximately(difference, 1e-5 * (1 + Math.Abs(difference)));
            }
        },
        iter: 40);

    [Fact]
    public void Its_curvature_is_that_of_the_mean_information_and_positive_semidefinite() => Cases.Sample(
        of =>
        {
            int count = of.Parameters.Count;
            Matrix<double> covariance = of.Covariance(of.Theta);
            Vector<double> solution = covariance.Cholesky().Solve(Vector<double>.Build.Dense(of.Labels));
            // D_p a by differences of whole matrices.
            Matrix<double> q = Matrix<double>.Build.DenseOfColumnVectors(
                Enumerable.Range(0, count).Select(p => (of.Covariance(of.Shifted(p, 1e-4)) - of.Covariance(of.Shifted(p, -1e-4))) * solution / 2e-4));
            Matrix<double> expected = (q.TransposeThisAndMultiply(covariance.Cholesky().Solve(q)) / 2) + PriorCurvature(of.Parameters, of.Theta);
            Matrix<double> found = of.Differentiate().Curvature;
            (found - expected).L2Norm().Should().BeLessThan(1e-5 * (1 + expected.L2Norm()));
            found.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real).Should().BeGreaterThan(-1e-9 * expected.L2Norm());
        },
        iter: 40);

    [Fact]
    public void The_prior_is_a_quadratic_form_with_its_gradient_and_its_curvature() => Cases.Sample(of =>
    {
        var gradient = new double[of.Parameters.Count];
        var curvature = Matrix<double>.Build.Dense(gradient.Length, gradient.Length);
        double Value(double[] theta) => KernelPrior.Add(of.Parameters, theta, [], null);
        double value = KernelPrior.Add(of.Parameters, of.Theta, gradient, (i, j, entry) =>
        {
            j.Should().BeLessThanOrEqualTo(i);
            curvature[i, j] += entry;
            if (i != j) curvature[j, i] += entry;
        });
        value.Should().Be(Value(of.Theta)).And.BeApproximately(Prior(of.Parameters, of.Theta), 1e-12);
        double[] step = Problems.RandomVector(gradient.Length, new Random(1));
        Vector<double> along = Vector<double>.Build.Dense(step);
        // A quadratic form is its own expansion.
        double expected = value + (along * Vector<double>.Build.Dense(gradient)) + (along * (curvature * along) / 2);
        Value([.. of.Theta.Zip(step, (at, by) => at + by)]).Should().BeApproximately(expected, 1e-11);
    });

    [Fact]
    public void Another_scale_of_a_column_with_its_rates_scaled_inversely_leaves_the_likelihood_as_it_is() => Gen.Select(Cases, Gen.Double[-3, 3]).Sample(
        (of, logarithm) =>
        {
            double[][] points = [.. of.Points.Select(point => point.Select((value, k) => k == 0 ? Math.Exp(logarithm) * value : value).ToArray())];
            var scaled = new KernelEvidence(DenseKernel.Columns(points), of.Labels, of.Weights, of.Parameters);
            double[] theta = [.. of.Theta];
            if (of.Parameters.HasLaplace) theta[1] -= logarithm;
            theta[of.Parameters.LaplaceCount + 1] -= logarithm;
            double Likelihood(KernelEvidence evidence, double[] at) => evidence.Evaluate(at) - KernelPrior.Add(of.Parameters, at, [], null);
            Likelihood(scaled, theta).Should().BeApproximately(Likelihood(of.Evidence, of.Theta), 1e-8 * (1 + of.Labels.Length));
        },
        iter: 60);

    [Fact]
    public void Copies_of_rows_say_what_their_mean_with_their_weight_says_but_for_their_own_differences() => Cases.Sample(
        of =>
        {
            // N(y; f, s) N(y'; f, s) = N((y + y')/2; f, s/2) N(y - y'; 0, 2 s).
            var random = new Random(of.Labels.Length);
            double[] first = [.. of.Labels], second = Problems.RandomVector(of.Labels.Length, random), means = [.. first.Zip(second, (a, b) => (a + b) / 2)];
            double[] ones = [.. first.Select(_ => 1.0)], twos = [.. first.Select(_ => 2.0)];
            var merged = new KernelEvidence(DenseKernel.Columns(of.Points), means, twos, of.Parameters);
            Matrix<double> all = DenseKernel.Covariance(of.Parameters.Kernel(of.Theta), [.. of.Points, .. of.Points], [.. ones, .. ones], KernelParameters.NoiseVariance(of.Theta));
            Vector<double> y = Vector<double>.Build.Dense([.. first, .. second]);
            double ofAll = ((y * all.Cholesky().Solve(y)) + all.Cholesky().DeterminantLn) / 2, noise = 2 * KernelParameters.NoiseVariance(of.Theta);
            double ofDifferences = first.Zip(second, (a, b) => ((a - b) * (a - b) / noise) + Math.Log(noise)).Sum() / 2;
            (merged.Evaluate(of.Theta) + ofDifferences).Should().BeApproximately(ofAll + Prior(of.Parameters, of.Theta), 1e-4 * (1 + Math.Abs(ofAll)));
        },
        iter: 60);

    [Fact]
    public void The_indicators_of_a_category_share_a_rate_and_different_categories_are_at_distance_one_whatever_their_frequencies() => Gen.Select(Gen.Int[2, 6], Gen.Int).Sample((categories, seed) =>
    {
        var random = new Random(seed);
        double[] shares = [.. Enumerable.Range(0, categories).Select(_ => Math.Exp(2 * random.NextDouble()))];
        var data = new RegressionData(categories + 1) { Categories = [new CategoryRange(1, categories)] };
        for (int j = 0; j < 200; j++)
        {
            // The first rows have every category.
            int category = j < categories ? j : Enumerable.Range(0, categories).MaxBy(c => shares[c] * random.NextDouble());
            data.Add([(2 * random.NextDouble()) - 1, .. Enumerable.Range(0, categories).Select(c => c == category ? 1.0 : 0)], 0, 1);
        }

        FeatureMap map = FeatureMap.Plain(Standardization.Measure(data));
        RateGroups groups = RateGroups.Of(map, data.Categories);
        groups.Count.Should().Be(2, "the number has one and the category has one");
        var parameters = new KernelParameters(groups, hasLaplace: true);
        double[] theta = Problems.RandomVector(parameters.Count, random);
        RadialKernel kernel = parameters.Kernel(theta);
        double[] Mapped(int category)
        {
            var inputs = new double[categories + 1];
            map.Map<double>([0.3, .. Enumerable.Range(0, categories).Select(c => c == category ? 1.0 : 0)], inputs);
            return inputs;
        }

        // Categories come first; theta is (ln s1, ln rho, ln s2, ln q, ln noise).
        double expected = Math.Exp(theta[0] - Math.Exp(theta[1])) + Math.Exp(theta[3] - (Math.Exp(2 * theta[4]) / 2)) + KernelParameters.Constant;
        for (int a = 0; a < categories; a++)
        {
            for (int b = 0; b < a; b++) DenseKernel.Value(kernel, Mapped(a), Mapped(b)).Should().BeApproximately(expected, 1e-9);
        }
    });

    [Fact]
    public void Columns_that_never_change_have_no_rate_and_columns_that_are_dropped_have_no_influence()
    {
        var data = new RegressionData(4);
        for (int j = 0; j < 20; j++) data.Add([j, 5, j * j, -j], j, 1);
        RateGroups groups = RateGroups.Of(FeatureMap.Plain(Standardization.Measure(data)), []);
        groups.Count.Should().Be(3);
        (double[] laplace, double[] gaussian) = groups.Expand([1, 2, 3], [4, 5, 6]);
        laplace.Should().Equal(1, 0, 2, 3);
        gaussian.Should().Equal(4, 0, 5, 6);
        RateGroups kept = groups.Keep([true, false, true]);
        kept.Count.Should().Be(2);
        kept.Expand([1, 2], [3, 4]).Laplace.Should().Equal(1, 0, 0, 2);
    }

    [Theory, InlineData(1, true), InlineData(2, true), InlineData(3, true), InlineData(1, false), InlineData(3, false)]
    public void Maximization_never_ends_above_its_start_or_above_the_parameters_that_made_the_labels_and_stays_in_its_box(int columns, bool hasLaplace)
    {
        for (int seed = 0; seed < 4; seed++)
        {
            var of = new Case(80, columns, hasLaplace, seed);
            // Labels drawn from the kernel at a random point.
            Matrix<double> root = of.Covariance(of.Theta).Cholesky().Factor;
            double[] labels = (root * Vector<double>.Build.Dense([.. MathNet.Numerics.Distributions.Normal.Samples(new Random(seed), 0, 1).Take(80)])).ToArray();
            var evidence = new KernelEvidence(DenseKernel.Columns(of.Points), labels, of.Weights, of.Parameters);
            (double[] theta, double value) = EvidenceMaximization.Run(evidence, of.Parameters.Start());
            theta.Should().OnlyContain(at => at >= KernelParameters.Least && at <= KernelParameters.Greatest);
            evidence.Evaluate(theta).Should().BeApproximately(value, 1e-9 * (1 + Math.Abs(value)));
            value.Should().BeLessThanOrEqualTo(evidence.Evaluate(of.Parameters.Start()));
            value.Should().BeLessThan(evidence.Evaluate(of.Theta) + (0.02 * theta.Length));
            EvidenceMaximization.Run(evidence, theta).Value.Should().BeLessThanOrEqualTo(value, "going on from where it ended loses nothing");
        }
    }

    [Fact]
    public void Maximization_can_be_cancelled()
    {
        var of = new Case(20, 2, true, 1);
        FluentActions.Invoking(() => EvidenceMaximization.Run(of.Evidence, of.Parameters.Start(), new CancellationToken(canceled: true))).Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void It_ends_after_two_small_falls_in_a_row_or_as_many_gradients_as_it_may_take() => Gen.Double[0, 0.02].Array[40].Sample(falls =>
    {
        const int parameters = 3;
        var progress = default(EvidenceProgress);
        int steps = 0;
        while (!progress.HasEnded) progress = progress.After(falls[steps++], parameters);
        int pair = Enumerable.Range(1, falls.Length - 1).FirstOrDefault(i => falls[i] < 0.003 * parameters && falls[i - 1] < 0.003 * parameters, int.MaxValue - 1);
        steps.Should().Be(Math.Min(25, pair + 1));
    });

    [Fact]
    public void Damping_falls_after_good_steps_and_rises_after_failed_ones() => Gen.Double[1e-5, 10].Sample(value =>
    {
        var damping = new EvidenceDamping(value);
        damping.AfterSuccess(0.9).Value.Should().BeLessThanOrEqualTo(Math.Max(value, 1e-4));
        damping.AfterSuccess(0.3).Value.Should().Be(value);
        damping.AfterSuccess(0.1).Value.Should().BeGreaterThan(value);
        damping.AfterFailure().Value.Should().BeGreaterThan(value);
    });

    /// <summary>What the documentation of the prior says, as independent normal densities.</summary>
    private static double Prior(KernelParameters parameters, double[] theta)
    {
        double Normal(double value, double centre, double deviation) => Math.Pow((value - centre) / deviation, 2) / 2;
        double Part(int first, double centre)
        {
            double[] rates = theta[(first + 1)..(first + 1 + parameters.Groups.Count)];
            return Normal(theta[first], 0, 3) + Normal(rates.Average(), centre, 2) + rates.Sum(rate => Normal(rate, rates.Average(), 1));
        }

        double count = parameters.Groups.Count;
        return (parameters.HasLaplace ? Part(0, -Math.Log(count)) : 0) + Part(parameters.LaplaceCount, -Math.Log(Math.Min(10, count))) + Normal(theta[^1], -3, 3);
    }

    private static Matrix<double> PriorCurvature(KernelParameters parameters, double[] theta)
    {
        // Second differences of a quadratic form are exact.
        double At(int p, double byP, int q, double byQ)
        {
            double[] shifted = [.. theta];
            shifted[p] += byP;
            shifted[q] += byQ;
            return Prior(parameters, shifted);
        }

        return Matrix<double>.Build.Dense(theta.Length, theta.Length, (p, q) => (At(p, 1, q, 1) - At(p, 1, q, -1) - At(p, -1, q, 1) + At(p, -1, q, -1)) / 4);
    }

    private sealed class Case
    {
        internal Case(int rows, int columns, bool hasLaplace, int seed)
        {
            var random = new Random(seed);
            Points = DenseKernel.RandomPoints(rows, columns, random);
            (Labels, Weights) = (Problems.RandomVector(rows, random, 1.5), [.. Enumerable.Range(0, rows).Select(_ => 0.5 + random.Next(3))]);
            Parameters = new KernelParameters(DenseKernel.Groups(columns), hasLaplace);
            Theta = [.. Parameters.Start().Select(value => value + (2 * random.NextDouble()) - 1)];
            Evidence = new KernelEvidence(DenseKernel.Columns(Points), Labels, Weights, Parameters);
        }

        internal double[][] Points { get; }

        internal double[] Labels { get; }

        internal double[] Weights { get; }

        internal KernelParameters Parameters { get; }

        internal double[] Theta { get; }

        internal KernelEvidence Evidence { get; }

        internal double[] Shifted(int p, double by) => [.. Theta.Select((value, at) => at == p ? value + by : value)];

        internal Matrix<double> Covariance(double[] theta) =>
            DenseKernel.Covariance(Parameters.Kernel(theta), Points, Weights, KernelParameters.NoiseVariance(theta)) + (Jitter * Matrix<double>.Build.DenseIdentity(Points.Length));

        internal (double[] Gradient, Matrix<double> Curvature) Differentiate()
        {
            var gradient = new double[Parameters.Count];
            var curvature = new SymmetricMatrix(Parameters.Count);
            Evidence.Evaluate(Theta);
            Evidence.Differentiate(gradient, curvature);
            return (gradient, Matrix<double>.Build.Dense(Parameters.Count, Parameters.Count, (i, j) => curvature[i, j]));
        }
    }
}
