using CsCheck;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Tests.Objectives;

public class LossTests
{
    private const int Count = 4;

    private static readonly Gen<(Loss Loss, double[] A, double[] B)> Cases = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 100000], Gen.Double[-2, 2]).Select((kind, seed, size) =>
    {
        var random = new Random(seed);
        double scale = Math.Pow(10, size);
        double[] targets = Problems.RandomVector(Count, random);
        Loss loss = kind switch
        {
            0 => new QuadraticLoss(targets),
            1 => new QuadraticLoss(targets, [.. Enumerable.Range(0, Count).Select(_ => 0.1 + random.NextDouble())]),
            _ => new PseudoHuberLoss(targets, 0.1 + random.NextDouble(), 0.05 + random.NextDouble()),
        };
        return (loss, Problems.RandomVector(Count, random, scale), Problems.RandomVector(Count, random, scale));
    });

    [Fact]
    public void The_gradient_is_the_derivative_of_the_value() => Cases.Sample(sample =>
    {
        (Loss loss, double[] a, double[] b) = sample;
        double step = 1e-6;
        double difference = (loss.Value(At(a, b, step)) - loss.Value(At(a, b, -step))) / (2 * step);
        difference.Should().BeApproximately(Dot(Gradient(loss, a), b), 1e-6 * (1 + loss.Value(a)) * (1 + Norm(b)));
    });

    [Fact]
    public void Nu_and_mu_bound_the_loss_from_below_and_its_gradient_from_above() => Cases.Sample(sample =>
    {
        (Loss loss, double[] a, double[] b) = sample;
        double[] between = [.. b.Zip(a, (x, y) => x - y)], ga = Gradient(loss, a), gb = Gradient(loss, b);
        double square = Dot(between, between), rounding = 1e-12 * (loss.Value(a) + loss.Value(b));
        loss.Value(b).Should().BeGreaterThanOrEqualTo(loss.Value(a) + Dot(ga, between) + (loss.StrongConvexity / 2 * square) - rounding);
        Norm([.. gb.Zip(ga, (x, y) => x - y)]).Should().BeLessThanOrEqualTo(loss.Smoothness * Math.Sqrt(square) * (1 + 1e-12));
    });

    [Fact]
    public void The_minimum_is_zero_at_the_targets() => Cases.Sample(sample =>
    {
        sample.Loss.Value(sample.Loss.Targets).Should().Be(0);
        Gradient(sample.Loss, sample.Loss.Targets.ToArray()).Should().OnlyContain(slope => slope == 0);
    });

    [Fact]
    public void The_bound_on_the_gradient_of_a_sublevel_set_holds_and_is_reached() => Cases.Sample(sample =>
    {
        (Loss loss, double[] a, _) = sample;
        double level = loss.Value(a), bound = loss.LargestGradientOnSublevelSet(level);
        Norm(Gradient(loss, a)).Should().BeLessThanOrEqualTo(bound * (1 + 1e-12));
        // The best of equal residuals and of one residual alone reaches it: scale each to the level by bisection.
        double reached = Enumerable.Range(0, Count + 1).Max(k =>
        {
            double[] direction = [.. Enumerable.Range(0, Count).Select(j => k == Count || j == k ? 1.0 : 0)];
            double low = 0, high = 1e6;
            for (int i = 0; i < 200; i++)
            {
                double middle = (low + high) / 2;
                if (loss.Value(At(loss.Targets.ToArray(), direction, middle)) <= level) low = middle;
                else high = middle;
            }

            return Norm(Gradient(loss, At(loss.Targets.ToArray(), direction, low)));
        });
        reached.Should().BeApproximately(bound, 1e-6 * bound);
    });

    [Fact]
    public void Targets_weights_and_parameters_that_cannot_be_are_refused()
    {
        void Refused(Func<Loss> create, string message) => create.Should().Throw<ArgumentException>().WithMessage(message);
        Refused(() => new QuadraticLoss([]), "*at least one target*");
        Refused(() => new QuadraticLoss([1, double.NaN]), "Target 1 is NaN*");
        Refused(() => new QuadraticLoss([1, 2], [1]), "There are 2 targets and 1 weights*");
        Refused(() => new QuadraticLoss([1, 2], [1, 0]), "Weight 1 is 0*");
        Refused(() => new PseudoHuberLoss([1], 0, 1), "The threshold must be positive*");
        Refused(() => new PseudoHuberLoss([1], 1, 0), "The convexity must be positive*");
    }

    private static double[] At(double[] a, double[] b, double step) => [.. a.Zip(b, (x, y) => x + (step * y))];

    private static double[] Gradient(Loss loss, double[] at)
    {
        var gradient = new double[at.Length];
        loss.Gradient(at, gradient);
        return gradient;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));
}
