using CsCheck;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Theory;

namespace GnMlNet.Core.Tests.Theory;

public class PrintedTheoremsTests
{
    private static readonly Gen<double> Rho = Gen.Double[-9, 0].Select(exponent => Math.Pow(10, exponent));

    private static readonly Gen<LossConstants> Losses = Gen.Select(Gen.Double[0.1, 5], Gen.Double[1, 20], (nu, condition) => new LossConstants(nu, nu * condition));

    private static readonly Gen<NetworkConstants> Networks =
        Gen.Select(Gen.Double[0.01, 2], Gen.Double[1, 50], Gen.Double[0.1, 10], (lambda0, condition, modulus) => new NetworkConstants(lambda0, lambda0 * condition, modulus));

    /// <summary>Theorem 1 is refuted on it: no weights reach the target.</summary>
    private static readonly SmallNetwork Quotient = new([[1], [0.5]], [1, 1, 1], [0.75, 1, 1], [5, -6]);

    /// <summary>Theorems 1 and 2 are refuted on it.</summary>
    private static readonly SmallNetwork Golden = new([[1], [2]], [1, 1, 1, 1], [0.43, 0.50, 0.56, 0.63], [-1, 1]);

    private static readonly LossConstants Squares = LossConstants.SumOfSquares;

    private static bool Close(double actual, double expected, double tolerance = 1e-12) => Math.Abs(actual - expected) <= tolerance * Math.Abs(expected);

    // lambda_0 and lambda_n of two rows and one input, from the trace and determinant of K by the Gram-Schmidt form of the latter.
    private static (double Lambda0, double LambdaN) ClosedForm(SmallNetwork network)
    {
        double[] first = Row(network.Inputs[0][0]), second = Row(network.Inputs[1][0]);
        double aa = first.Sum(a => a * a), bb = second.Sum(b => b * b), determinant = 0;
        for (int i = 0; i < first.Length; i++)
        {
            for (int k = i + 1; k < first.Length; k++) determinant += Math.Pow((first[i] * second[k]) - (first[k] * second[i]), 2);
        }

        double greatest = ((aa + bb) / 2) + Math.Sqrt((((aa + bb) / 2) * ((aa + bb) / 2)) - determinant);
        return (Math.Sqrt(determinant / greatest) / 2, Math.Sqrt(greatest) / 2);

        double[] Row(double x) => [.. network.Start.Select(w => x / Math.Pow(Math.Cosh(x * w), 2))];
    }

    [Fact]
    public void The_constants_of_both_counterexamples_follow_from_closed_forms()
    {
        foreach (SmallNetwork network in new[] { Quotient, Golden })
        {
            NetworkConstants constants = network.Constants;
            (double lambda0, double lambdaN) = ClosedForm(network);
            constants.Lambda0.Should().BeApproximately(lambda0, 1e-12 * lambda0);
            constants.LambdaN.Should().BeApproximately(lambdaN, 1e-12 * lambdaN);
        }

        Quotient.Constants.JacobianModulus.Should().BeApproximately(Math.Sqrt(17) / (3 * Math.Sqrt(3)), 1e-14);
        Golden.Constants.JacobianModulus.Should().BeApproximately(4 * Math.Sqrt(17) / (3 * Math.Sqrt(3)), 1e-14);
    }

    [Fact]
    public void The_thresholds_of_both_counterexamples_are_those_known_for_them()
    {
        // Known to these digits from interval arithmetic.
        PrintedTheorem1.LeastAlpha(Squares, Quotient.Constants, 61, Math.Pow(2, -17)).Should().BeApproximately(342.2337, 1e-4);
        PrintedTheorem1.GreatestDamping(Quotient.Constants).Should().BeApproximately(0.2313, 1e-4);
        PrintedTheorem1.LeastAlpha(Squares, Golden.Constants, 2, 1e-6).Should().BeApproximately(48.1966, 1e-4);
        PrintedTheorem2.LeastAlphaForTheBall(Squares, Golden.Constants, 2, 1e-6, 4).Should().BeApproximately(24.10, 5e-3);
        PrintedTheorem2.LeastAlphaForTheLinearization(Squares, Discrete(Golden), 2 * Math.Sqrt(2)).Should().BeApproximately(0.0385, 5e-5);
        PrintedTheorem2.LeastAlpha(Squares, Golden.Constants, Discrete(Golden), 2, 2 * Math.Sqrt(2), 1e-6).Should().Be(PrintedTheorem2.LeastAlphaForTheBall(Squares, Golden.Constants, 2, 1e-6, 4));
    }

    private static DiscreteConstants Discrete(SmallNetwork network) =>
        new(Activation.Tanh.CurvatureBound, OutputModulus.PaperBound(1, network.HiddenSize, network.FlatInputs, 1), network.RowCount, network.HiddenSize);

    // g(alpha f) >= |y|^2 (1 - alpha h/|y|^2)^2 for all w, where h is the maximum of y . f: 3 or 4 times that of one unit, less the start's.
    private static double LossFloor(SmallNetwork network, Func<double, double> unit, double alpha)
    {
        double maximum = Enumerable.Range(-40_000, 80_001).Max(index => unit(index * 1e-4)) + 1e-7;
        double height = (network.HiddenSize * maximum) - network.Start.Sum(unit);
        double part = alpha * height / network.InitialLoss;
        part.Should().BeInRange(0, 1);
        return network.InitialLoss * (1 - part) * (1 - part);
    }

    [Theory, InlineData(360, 0.2), InlineData(448, 0.27)]
    public void Theorem_1_and_Lemma_2_promise_a_loss_that_no_weights_reach(double alpha, double time)
    {
        NetworkConstants constants = Quotient.Constants;
        double rho = Math.Pow(2, -17);
        alpha.Should().BeGreaterThan(PrintedTheorem1.LeastAlpha(Squares, constants, 61, rho));
        // The larger alpha meets Lemma 2's own condition as well.
        (alpha > PrintedTheorem1.LeastAlphaOfLemma2(Squares, constants, 61, rho)).Should().Be(alpha == 448);
        double floor = LossFloor(Quotient, w => (5 * Math.Tanh(w)) - (6 * Math.Tanh(w / 2)), alpha);
        Decay.AfterTime(61, PrintedTheorem1.Rate(Squares, constants, rho), time).Should().BeLessThan(floor);
        RepairedTheorem1.LeastAlpha(Squares, constants, 61).Should().BeGreaterThan(alpha);
    }

    [Fact]
    public void Theorem_2_promises_a_loss_that_no_weights_reach()
    {
        NetworkConstants constants = Golden.Constants;
        const double alpha = 50;
        alpha.Should().BeGreaterThan(PrintedTheorem2.LeastAlpha(Squares, constants, Discrete(Golden), 2, 2 * Math.Sqrt(2), 1e-6));
        double floor = LossFloor(Golden, w => Math.Tanh(2 * w) - Math.Tanh(w), alpha);
        double factor = PrintedTheorem2.Factor(Squares, constants, Discrete(Golden), 1e-6);
        Decay.AfterSteps(2, factor, 20).Should().BeLessThan(floor);
        Decay.AfterSteps(2, factor, 19).Should().BeGreaterThan(floor);
        RepairedTheorem1.LeastAlpha(Squares, constants, 2).Should().BeGreaterThan(alpha);
    }

    [Fact]
    public void Threshold_12_is_its_ratio_times_the_unit_of_the_repaired_thresholds() =>
        Gen.Select(Losses, Networks, Rho, Gen.Double[0, 10]).Sample((loss, network, rho, gap) =>
            Close(PrintedTheorem1.LeastAlpha(loss, network, gap, rho), PrintedTheorem1.ThresholdRatio(loss, network, rho) * 2 * RepairedTheorem1.LeastAlpha(loss, network, gap))
            && Close(PrintedTheorem1.LeastAlpha(loss, network, gap, rho), network.JacobianModulus * PrintedTheorem1.LeastAlphaOfLemma2(loss, network, gap, rho)));

    [Fact]
    public void Theorem_1_is_true_where_rho_0_is_the_product_of_both_lambdas() =>
        Gen.Select(Losses, Networks).Sample((loss, network) =>
        {
            double product = network.Lambda0 * network.LambdaN, rho = product / (1 + product);
            return Close(PrintedTheorem1.ThresholdRatio(loss, network, rho), loss.Mu / loss.Nu)
                && rho <= PrintedTheorem1.GreatestDamping(network) * (1 + 1e-12)
                && PrintedTheorem1.LeastAlpha(loss, network, 1, rho) >= RepairedTheorem1.LeastAlphaForTheBall(loss, network, 1) * (1 - 1e-12);
        });

    [Fact]
    public void Just_admissible_damping_peaks_at_lambda_n_squared() =>
        Networks.Sample(network => Close(EigenvalueMaps.Peak(PrintedTheorem1.GreatestDamping(network)), network.LambdaN * network.LambdaN));

    [Fact]
    public void With_rho_lambda_0_squared_the_rate_is_at_least_nu_and_with_small_rho_nearly_2_nu() =>
        Gen.Select(Losses, Gen.Double[0.01, 0.9]).Sample((loss, lambda0) =>
        {
            var network = new NetworkConstants(lambda0, 2, 1);
            double rate = PrintedTheorem1.Rate(loss, network, lambda0 * lambda0);
            // s(t) = 1/(2 - t) at rho = t.
            return Close(rate, 2 * loss.Nu / (2 - (lambda0 * lambda0))) && rate >= loss.Nu && Close(PrintedTheorem1.Rate(loss, network, 1e-12), 2 * loss.Nu, 1e-7);
        });

    [Fact]
    public void A_loss_in_other_units_leaves_every_alpha_as_it_is_and_scales_the_rates() =>
        Gen.Select(Losses, Networks, Rho, Gen.Double[0.1, 10], Gen.Double[0.1, 10]).Sample((loss, network, rho, gap, c) =>
        {
            var scaled = new LossConstants(c * loss.Nu, c * loss.Mu);
            var discrete = new DiscreteConstants(0.77, 5, 7, 3);
            double alpha = 1.5 * RepairedTheorem1.LeastAlpha(loss, network, gap);
            return Close(PrintedTheorem1.LeastAlpha(scaled, network, c * gap, rho), PrintedTheorem1.LeastAlpha(loss, network, gap, rho))
                && Close(PrintedTheorem2.LeastAlpha(scaled, network, discrete, c * gap, c * 3, rho), PrintedTheorem2.LeastAlpha(loss, network, discrete, gap, 3, rho))
                && Close(PrintedTheorem2.Factor(scaled, network, discrete, rho), PrintedTheorem2.Factor(loss, network, discrete, rho))
                && Close(PrintedTheorem5.Alpha(scaled, network, c * gap, 0.4), PrintedTheorem5.Alpha(loss, network, gap, 0.4))
                && Close(PrintedTheorem5.Rate(scaled), c * PrintedTheorem5.Rate(loss))
                && Close(PrintedTheorem1.Rate(scaled, network, rho), c * PrintedTheorem1.Rate(loss, network, rho))
                && Close(RepairedTheorem1.Rate(scaled, network, c * gap, alpha, rho), c * RepairedTheorem1.Rate(loss, network, gap, alpha, rho), 1e-10)
                && Close(RepairedTheorem1.Displacement(scaled, network, c * gap, alpha), RepairedTheorem1.Displacement(loss, network, gap, alpha), 1e-10)
                && Close(RepairedTheorem2.TimeStepLimit(scaled, network, rho), RepairedTheorem2.TimeStepLimit(loss, network, rho) / c)
                && Close(
                    RepairedTheorem2.LeastAlpha(scaled, network, c * gap, rho, RepairedTheorem2.TimeStepLimit(scaled, network, rho) / 3),
                    RepairedTheorem2.LeastAlpha(loss, network, gap, rho, RepairedTheorem2.TimeStepLimit(loss, network, rho) / 3))
                && Close(RepairedTheorem5.LeastAlpha(scaled, network, c * gap, c * gap, 0.4), RepairedTheorem5.LeastAlpha(loss, network, gap, gap, 0.4))
                && Close(RepairedTheorem6.LeastAlpha(scaled, network, c * gap, c * gap, 0.4), RepairedTheorem6.LeastAlpha(loss, network, gap, gap, 0.4));
        });

    [Fact]
    public void The_factor_14_is_half_as_far_from_1_in_the_proof_and_the_learning_rates_differ_by_2_mu_over_the_root_of_m() =>
        Gen.Select(Losses, Networks, Rho).Sample((loss, network, rho) =>
        {
            var discrete = new DiscreteConstants(0.77, 5, 7, 3);
            double printed = PrintedTheorem2.LearningRate(network, discrete, 2, rho), proof = PrintedTheorem2.LearningRateOfTheProof(loss, network, discrete, 2, rho);
            // The proof's factor with the nu that (31) lacks.
            double contraction = 2 * proof * loss.Nu * EigenvalueMaps.Output(network.Lambda0 * network.Lambda0, rho);
            return Close(printed * Math.Sqrt(3), proof * 2 * loss.Mu) && Math.Abs(1 - PrintedTheorem2.Factor(loss, network, discrete, rho) - (2 * contraction)) <= 1e-12 * Math.Max(1, contraction);
        });

    [Fact]
    public void Theorem_5_asks_for_the_alpha_at_which_its_bound_on_the_displacement_is_the_radius() =>
        Gen.Select(Losses, Networks, Gen.Double[0.05, 0.95], Gen.Double[0.1, 10]).Sample((loss, network, r, gap) =>
        {
            double alpha = PrintedTheorem5.Alpha(loss, network, gap, r);
            double bound = Math.Sqrt(gap) * loss.Mu / (alpha * (1 - r) * network.Lambda0 * Math.Sqrt(2 * Math.Pow(loss.Nu, 3)));
            return Close(bound, Neighbourhood.Radius(network, r));
        });

    [Fact]
    public void Constants_out_of_range_are_refused_by_name()
    {
        FluentActions.Invoking(() => new LossConstants(0, 1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("nu");
        FluentActions.Invoking(() => new LossConstants(2, 1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("mu");
        FluentActions.Invoking(() => new NetworkConstants(0, 1, 1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("lambda0");
        FluentActions.Invoking(() => new NetworkConstants(1, 0.5, 1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("lambdaN");
        FluentActions.Invoking(() => new NetworkConstants(1, 1, double.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("jacobianModulus");
        FluentActions.Invoking(() => new DiscreteConstants(1, 1, 0, 1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("rowCount");
        var network = new NetworkConstants(1, 1, 1);
        FluentActions.Invoking(() => PrintedTheorem1.LeastAlpha(Squares, network, -1, 0.5)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("gap");
        FluentActions.Invoking(() => PrintedTheorem1.LeastAlpha(Squares, network, 1, 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("rho").WithMessage("*(0, 1]*");
        FluentActions.Invoking(() => PrintedTheorem5.Alpha(Squares, network, 1, 1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("r");
        FluentActions.Invoking(() => RepairedTheorem1.Displacement(Squares, network, 1, 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("alpha");
        FluentActions.Invoking(() => RepairedTheorem2.Factor(Squares, network, 1, 0.5, 0, 1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("timeStep");
        FluentActions.Invoking(() => Decay.AfterSteps(1, 0.5, -1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("steps");
    }
}
