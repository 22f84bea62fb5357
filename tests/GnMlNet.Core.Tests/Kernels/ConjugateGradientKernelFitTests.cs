using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Kernels;

public class ConjugateGradientKernelFitTests
{
    private const double Noise = 0.05;

    [Theory, InlineData(300, 1), InlineData(700, 2), InlineData(1100, 3)]
    public void What_remains_of_the_system_is_small_in_the_norm_of_the_preconditioner_and_it_predicts_what_the_exact_form_does(int rows, int seed)
    {
        var of = new Case(rows, seed);
        ConjugateGradientKernelFit fit = of.Fit(1);
        Vector<double> labels = Vector<double>.Build.Dense(of.Labels);
        Matrix<double> covariance = DenseKernel.Covariance(of.Kernel, of.Points, of.Weights, Noise);
        double Norm(Vector<double> v)
        {
            double[] preconditioned = v.ToArray();
            of.Preconditioner(1).Precondition(preconditioned);
            return Math.Sqrt(v * Vector<double>.Build.Dense(preconditioned));
        }

        double remainder = Norm(labels - (covariance * Vector<double>.Build.Dense(fit.Coefficients))) / Norm(labels);
        fit.Iterations.Should().BeInRange(1, 59);
        fit.Remainder.Should().BeLessThanOrEqualTo(2e-2);
        remainder.Should().BeApproximately(fit.Remainder, 1e-3);

        var function = new KernelExpansion(of.Kernel, DenseKernel.Columns(of.Points), fit.Coefficients, inSinglePrecision: true);
        double[][] at = DenseKernel.RandomPoints(200, 2, new Random(5));
        double[] exact = DenseKernel.Posterior(of.Kernel, of.Points, of.Labels, of.Weights, Noise, at);
        double Size(IEnumerable<double> values) => Math.Sqrt(values.Average(value => value * value));
        Size(at.Select((x, i) => function.Evaluate(x) - exact[i])).Should().BeLessThan(0.02 * Size(exact));
    }

    [Fact]
    public void It_knows_whether_single_precision_sufficed()
    {
        const double smallNoise = 1e-4;
        // A smooth function nearly without noise under a kernel of a large variance.
        var of = new Case(700, 1);
        double[] smooth = [.. of.Points.Select(point => Math.Sin(2 * point[0]) + (point[1] * point[1]) - 1.3)], ones = [.. of.Weights.Select(_ => 1.0)];
        var kernel = new RadialKernel(0.01, [0.1, 0.1], 400, [0.5, 0.2], 10);
        PointColumns<double> points = DenseKernel.Columns(of.Points);
        var preconditioner = new SparseKernelFit(kernel, smallNoise, points, smooth, ones, [.. Enumerable.Range(0, 150)], [.. Enumerable.Range(0, points.Count)], choosesMultiple: false, countsUnexplained: true, keepsRows: true, new WorkSharing(1));
        var fit = new ConjugateGradientKernelFit(kernel, smallNoise, points, smooth, ones, preconditioner, new KernelValues(points.Count, mostBytes: 0), new WorkSharing(1), default);
        double[][] at = DenseKernel.RandomPoints(100, 2, new Random(5));
        double[] exact = DenseKernel.Posterior(kernel, of.Points, smooth, ones, smallNoise, at);
        double Loss(KernelExpansion function, double[] expected) => at.Select((x, i) => Math.Pow(function.Evaluate(x) - expected[i], 2)).Average();
        var function = new KernelExpansion(kernel, points, fit.Coefficients, inSinglePrecision: false);
        fit.Holds(function, smooth, smallNoise).Should().BeFalse();
        Loss(function, exact).Should().BeGreaterThan(smallNoise);
        Loss(new KernelExpansion(kernel, preconditioner.Centres, preconditioner.Coefficients, inSinglePrecision: false), exact).Should().BeLessThan(0.1 * smallNoise, "the sparse form loses nothing there");

        ConjugateGradientKernelFit noisy = of.Fit(1);
        noisy.Holds(new KernelExpansion(of.Kernel, points, noisy.Coefficients, inSinglePrecision: false), of.Labels, 1e-4 * Noise).Should().BeTrue();
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        var of = new Case(1300, 4);
        double[] one = of.Fit(1).Coefficients;
        of.Fit(2).Coefficients.Should().Equal(one);
        of.Fit(7).Coefficients.Should().Equal(one);
    }

    // Three blocks of 512 rows, six pairs of a mebibyte.
    [Theory, InlineData(0, 0), InlineData(1.5, 1), InlineData(5, 5), InlineData(1e6, 6)]
    public void Values_that_are_kept_change_no_bit_and_their_room_serves_the_next_kernel(double mebibytes, int pairs)
    {
        Case one = new(1300, 4), other = new(1300, 5);
        var values = new KernelValues(1300, mebibytes * (1 << 20));
        Enumerable.Range(0, 6).Count(pair => !values.Of(pair).IsEmpty).Should().Be(pairs);
        foreach (Case of in new[] { one, other, one }) of.Fit(2, values).Coefficients.Should().Equal(of.Fit(1).Coefficients);
    }

    [Fact]
    public void Labels_of_zero_give_no_function_and_a_cancelled_fit_ends()
    {
        var of = new Case(300, 1);
        PointColumns<double> points = DenseKernel.Columns(of.Points);
        new ConjugateGradientKernelFit(of.Kernel, Noise, points, new double[300], of.Weights, of.Preconditioner(1), new KernelValues(300, mostBytes: 0), new WorkSharing(1), default).Coefficients.Should().OnlyContain(value => value == 0);
        FluentActions.Invoking(() => new ConjugateGradientKernelFit(of.Kernel, Noise, points, of.Labels, of.Weights, of.Preconditioner(1), new KernelValues(300, mostBytes: 0), new WorkSharing(1), new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void In_single_precision_a_function_has_the_value_of_double_precision_to_the_size_of_its_coefficients()
    {
        var of = new Case(600, 3);
        double[] coefficients = of.Fit(1).Coefficients;
        PointColumns<double> points = DenseKernel.Columns(of.Points);
        KernelExpansion wide = new(of.Kernel, points, coefficients, inSinglePrecision: false), narrow = new(of.Kernel, points, coefficients, inSinglePrecision: true);
        (wide.IsInSinglePrecision, narrow.IsInSinglePrecision).Should().Be((false, true));
        double size = coefficients.Sum(Math.Abs) * (of.Kernel.Diagonal - of.Kernel.Constant);
        foreach (double[] x in DenseKernel.RandomPoints(50, 2, new Random(5)))
        {
            double expected = of.Points.Select((z, j) => coefficients[j] * DenseKernel.Value(of.Kernel, x, z)).Sum();
            wide.Evaluate(x).Should().BeApproximately(expected, 1e-11 * size);
            narrow.Evaluate(x).Should().BeApproximately(expected, 1e-6 * size);
        }
    }

    private sealed class Case
    {
        private readonly int[] _centres;

        internal Case(int rows, int seed)
        {
            var random = new Random(seed);
            Points = DenseKernel.RandomPoints(rows, 2, random);
            Labels = [.. Points.Select(point => Math.Sin(2 * point[0]) + (point[1] * point[1]) - 1.3 + (0.3 * random.NextDouble()))];
            Weights = [.. Enumerable.Range(0, rows).Select(_ => 0.5 + random.Next(3))];
            Kernel = DenseKernel.RandomKernel(2, random);
            _centres = Combinatorics.GeneratePermutation(rows, random)[..(rows / 4)];
        }

        internal double[][] Points { get; }

        internal double[] Labels { get; }

        internal double[] Weights { get; }

        internal RadialKernel Kernel { get; }

        internal SparseKernelFit Preconditioner(int threads) => new(Kernel, Noise, DenseKernel.Columns(Points), Labels, Weights, _centres, [.. Enumerable.Range(0, Labels.Length)], choosesMultiple: false, countsUnexplained: true, keepsRows: true, new WorkSharing(threads));

        internal ConjugateGradientKernelFit Fit(int threads, KernelValues? values = null) =>
            new(Kernel, Noise, DenseKernel.Columns(Points), Labels, Weights, Preconditioner(threads), values ?? new KernelValues(Labels.Length, mostBytes: 0), new WorkSharing(threads), default);
    }
}
