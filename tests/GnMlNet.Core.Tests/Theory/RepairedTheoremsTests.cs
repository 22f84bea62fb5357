using CsCheck;
using GnMlNet.Core.Theory;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Theory;

public class RepairedTheoremsTests
{
    private static readonly LossConstants Squares = LossConstants.SumOfSquares;

    private static readonly Gen<LossConstants> Losses = Gen.Select(Gen.Double[0.1, 5], Gen.Double[1, 20], (nu, condition) => new LossConstants(nu, nu * condition));

    private static readonly Gen<NetworkConstants> Networks =
        Gen.Select(Gen.Double[0.01, 2], Gen.Double[1, 50], Gen.Double[0.1, 10], (lambda0, condition, modulus) => new NetworkConstants(lambda0, lambda0 * condition, modulus));

    private static readonly Gen<double> Rho = Gen.Double[-9, 0].Select(exponent => Math.Pow(10, exponent));

    private static bool Close(double actual, double expected, double tolerance = 1e-12) => Math.Abs(actual - expected) <= tolerance * Math.Abs(expected);

    // f(w) = 2 lambda_0 w - L w^2/2 has K(0) = 4 lambda_0^2 and Jacobian modulus L; g = (nu/2)(psi - y)^2 has Delta_0 = nu y^2/2.
    private static double Parabola(NetworkConstants network, double w) => (2 * network.Lambda0 * w) - (network.JacobianModulus * w * w / 2);

    [Fact]
    public void Theorem_1_repaired_is_sharp_on_a_parabola() =>
        Gen.Select(Losses, Networks, Gen.Double[0.1, 10], Gen.Double[-8, 2]).Sample((loss, network, y, exponent) =>
        {
            double gap = loss.Nu * y * y / 2, least = RepairedTheorem1.LeastAlpha(loss, network, gap);
            double top = Parabola(network, 2 * network.Lambda0 / network.JacobianModulus);
            // Below the threshold no w reaches the target; above it the flow ends at the first w that does, where the path has the greatest length allowed.
            double alpha = least * (1 + Math.Pow(10, exponent)), end = RepairedTheorem1.Displacement(loss, network, gap, alpha);
            return least * (1 - 1e-9) * top < y
                && Close(alpha * Parabola(network, end), y, 1e-11)
                && end < 2 * network.Lambda0 / network.JacobianModulus
                && Close(RepairedTheorem1.KernelFloor(loss, network, gap, alpha), LinearizationSpectrum.FloorAt(network, end), 1e-6);
        });

    [Fact]
    public void From_two_thirds_on_the_path_stays_in_the_inner_ball_with_the_rate_of_2() =>
        Gen.Select(Losses, Networks, Gen.Double[0.1, 10], Gen.Double[0, 1]).Sample((loss, network, gap, rho) =>
        {
            double alpha = RepairedTheorem1.LeastAlphaForTheBall(loss, network, gap);
            rho = Math.Max(rho, 1e-9);
            return Close(RepairedTheorem1.Displacement(loss, network, gap, alpha), Neighbourhood.InnerRadius(network))
                && Close(RepairedTheorem1.Rate(loss, network, gap, alpha, rho), PrintedTheorem1.Rate(loss, network, rho))
                && RepairedTheorem1.Displacement(loss, network, gap, 0.999 * alpha) > Neighbourhood.InnerRadius(network)
                && RepairedTheorem1.KernelFloor(loss, network, gap, 0.999 * alpha) < network.Lambda0 * network.Lambda0;
        });

    [Fact]
    public void Twice_the_least_alpha_gives_a_displacement_of_2_less_the_root_of_2_inner_radii() =>
        Gen.Select(Losses, Networks, Gen.Double[0.1, 10]).Sample((loss, network, gap) =>
            Close(RepairedTheorem1.Displacement(loss, network, gap, 2 * RepairedTheorem1.LeastAlpha(loss, network, gap)), (2 - Math.Sqrt(2)) * Neighbourhood.InnerRadius(network)));

    [Fact]
    public void Large_alpha_gives_the_linear_models_displacement_and_rate() =>
        Gen.Select(Losses, Networks, Gen.Double[0.1, 10]).Sample((loss, network, gap) =>
        {
            double alpha = 1e10 * RepairedTheorem1.LeastAlpha(loss, network, gap);
            var linear = new NetworkConstants(network.Lambda0, network.LambdaN, 0);
            return Close(RepairedTheorem1.Displacement(loss, network, gap, alpha), loss.OutputDistance(gap) / (2 * alpha * network.Lambda0), 1e-9)
                && Close(RepairedTheorem1.Displacement(loss, linear, gap, 0.01), loss.OutputDistance(gap) / (0.02 * network.Lambda0))
                && Close(RepairedTheorem1.KernelFloor(loss, network, gap, alpha), 4 * network.Lambda0 * network.Lambda0, 1e-9);
        });

    [Fact]
    public void Where_alpha_is_too_small_there_is_no_rate_and_no_bound()
    {
        var network = new NetworkConstants(0.5, 1, 1);
        double alpha = 0.99 * RepairedTheorem1.LeastAlpha(Squares, network, 1);
        RepairedTheorem1.KernelFloor(Squares, network, 1, alpha).Should().Be(double.NaN);
        RepairedTheorem1.Rate(Squares, network, 1, alpha, 0.5).Should().Be(double.NaN);
        RepairedTheorem1.Displacement(Squares, network, 1, alpha).Should().Be(double.NaN);
        double limit = RepairedTheorem2.TimeStepLimit(Squares, network, 0.5), least = RepairedTheorem2.LeastAlpha(Squares, network, 1, 0.5, limit / 2);
        RepairedTheorem2.Displacement(Squares, network, 1, 0.5, limit / 2, least).Should().Be(double.NaN);
        RepairedTheorem2.Factor(Squares, network, 1, 0.5, limit / 2, least).Should().Be(double.NaN);
        RepairedTheorem2.LeastAlpha(Squares, network, 1, 0.5, limit).Should().Be(double.PositiveInfinity);
        RepairedTheorem2.Factor(Squares, network, 1, 0.5, limit, 1e9).Should().Be(double.NaN);
        RepairedTheorem5.AlphaThreshold(network, 0, 1, 0.5).Should().Be(double.PositiveInfinity);
        RepairedTheorem5.Rate(-1).Should().Be(double.NaN);
        RepairedTheorem5.DampedRate(network, -1, 0.5, 0.5).Should().Be(double.NaN);
        RepairedTheorem5.Displacement(network, -1, 1, 0.5, 1e9).Should().Be(double.NaN);
        RepairedTheorem5.GapBound(0, 1).Should().Be(double.PositiveInfinity);
        RepairedTheorem6.AlphaThreshold(Squares, network, 0.99, 1, 0.5).Should().Be(double.PositiveInfinity);
        RepairedTheorem6.Factor(Squares, 1.5, 0.26).Should().Be(double.NaN);
        RepairedTheorem6.Factor(Squares, 0.99, 0.25).Should().Be(double.NaN);
        RepairedTheorem6.Displacement(Squares, network, 0.99, 1, 0.5, 1e9).Should().Be(double.NaN);
        Decay.AfterTime(1, double.NaN, 1).Should().Be(double.NaN);
    }

    [Theory, InlineData(1e-6), InlineData(0.01), InlineData(1)]
    public void The_flow_obeys_Theorem_1_repaired(double rho)
    {
        var random = new Random(11);
        for (int trial = 0; trial < 10; trial++)
        {
            SmallNetwork network = SmallNetwork.Draw(2, 2, 3, random);
            NetworkConstants constants = network.Constants;
            double gap = network.InitialLoss;
            foreach (double multiple in new[] { 1.05, 2, 20 })
            {
                double alpha = multiple * RepairedTheorem1.LeastAlpha(Squares, constants, gap);
                double rate = RepairedTheorem1.Rate(Squares, constants, gap, alpha, rho), displacement = RepairedTheorem1.Displacement(Squares, constants, gap, alpha);
                double[] w = network.Start;
                // Outputs move at the rate 2 s, which is as large as the kernel for rho = 1.
                double step = 0.05 / EigenvalueMaps.Output(4 * Math.Max(1, constants.LambdaN * constants.LambdaN) * 4, rho);
                for (int k = 1; k <= 100; k++)
                {
                    w = network.Flow(alpha, rho, w, step);
                    network.Loss(alpha, w).Should().BeLessThanOrEqualTo((Decay.AfterTime(gap, rate, k * step) * (1 + 1e-4)) + (1e-12 * gap));
                    network.Distance(w).Should().BeLessThanOrEqualTo(displacement * (1 + 1e-9));
                }
            }
        }
    }

    [Theory, InlineData(1e-6), InlineData(0.01), InlineData(1)]
    public void Steps_obey_Theorem_2_repaired(double rho)
    {
        var random = new Random(12);
        for (int trial = 0; trial < 60; trial++)
        {
            SmallNetwork network = SmallNetwork.Draw(3, 2, 3, random);
            NetworkConstants constants = network.Constants;
            double part = random.NextDouble(), tau = part * RepairedTheorem2.TimeStepLimit(Squares, constants, rho);
            double gap = network.InitialLoss, alpha = 1.0001 * RepairedTheorem2.LeastAlpha(Squares, constants, gap, rho, tau);
            double factor = RepairedTheorem2.Factor(Squares, constants, gap, rho, tau, alpha), displacement = RepairedTheorem2.Displacement(Squares, constants, gap, rho, tau, alpha);
            displacement.Should().BeLessThan(Neighbourhood.InnerRadius(constants));
            factor.Should().BeInRange(0, 1);
            double[] w = network.Start;
            double way = 0;
            for (int k = 1; k <= 40; k++)
            {
                double[] next = SmallNetwork.Add(w, tau, network.Velocity(alpha, rho, w));
                way += Math.Sqrt(next.Zip(w, (a, b) => (a - b) * (a - b)).Sum());
                w = next;
                network.Loss(alpha, w).Should().BeLessThanOrEqualTo((Decay.AfterSteps(gap, factor, k) * (1 + 1e-9)) + (1e-13 * gap), "θ/2 is {0}", part);
                way.Should().BeLessThanOrEqualTo(displacement);
            }
        }
    }

    [Fact]
    public void A_quarter_of_the_limit_with_twice_the_unit_leaves_more_than_half_of_the_decrease_to_first_order() =>
        Gen.Select(Losses, Networks, Gen.Double[0.1, 10], Rho).Sample((loss, network, gap, rho) =>
        {
            double tau = RepairedTheorem2.TimeStepLimit(loss, network, rho) / 4, alpha = 4 * RepairedTheorem1.LeastAlpha(loss, network, gap);
            return RepairedTheorem2.LeastAlpha(loss, network, gap, rho, tau) < 0.71 * alpha
                && RepairedTheorem2.Factor(loss, network, gap, rho, tau, alpha) < 1 - (tau * loss.Nu * EigenvalueMaps.Output(network.Lambda0 * network.Lambda0, rho));
        });

    [Fact]
    public void Small_time_steps_ask_and_give_what_the_flow_does() =>
        Gen.Select(Losses, Networks, Gen.Double[0.1, 10], Rho, Gen.Double[1.01, 5]).Sample((loss, network, gap, rho, multiple) =>
        {
            double tau = 1e-6 * RepairedTheorem2.TimeStepLimit(loss, network, rho), forTheBall = RepairedTheorem1.LeastAlphaForTheBall(loss, network, gap), alpha = multiple * forTheBall;
            double rate = -Math.Log(RepairedTheorem2.Factor(loss, network, gap, rho, tau, alpha)) / tau;
            return Close(RepairedTheorem2.LeastAlpha(loss, network, gap, rho, tau), forTheBall, 1e-5)
                && Close(RepairedTheorem2.Displacement(loss, network, gap, rho, tau, alpha), RepairedTheorem1.Displacement(loss, network, gap, alpha), 1e-4)
                && Close(rate, 2 * loss.Nu * EigenvalueMaps.Output(network.Lambda0 * network.Lambda0, rho), 1e-5);
        });

    [Fact]
    public void The_scaling_factor_of_Theorem_2_repaired_grows_with_the_time_step_without_limit() =>
        Gen.Select(Losses, Networks, Rho, Gen.Double[0.01, 0.98]).Sample((loss, network, rho, part) =>
        {
            double limit = RepairedTheorem2.TimeStepLimit(loss, network, rho);
            double At(double share) => RepairedTheorem2.LeastAlpha(loss, network, 1, rho, share * limit);
            return At(part) < At(part + 0.01) && At(1 - 1e-9) > 1e6 * At(0.5) && double.IsPositiveInfinity(At(1));
        });

    [Fact]
    public void The_displacement_bound_of_Theorem_2_repaired_is_the_inner_radius_at_its_threshold() =>
        Gen.Select(Losses, Networks, Gen.Double[0.1, 10], Rho, Gen.Double[0.01, 0.99]).Sample((loss, network, gap, rho, part) =>
        {
            double tau = part * RepairedTheorem2.TimeStepLimit(loss, network, rho), alpha = RepairedTheorem2.LeastAlpha(loss, network, gap, rho, tau) * (1 + 1e-9);
            return Close(RepairedTheorem2.Displacement(loss, network, gap, rho, tau, alpha), Neighbourhood.InnerRadius(network), 1e-6);
        });

    [Theory, InlineData(0), InlineData(1e-4), InlineData(0.1), InlineData(1)]
    public void With_damping_the_rate_of_Theorem_5_repaired_lies_between_the_undamped_one_and_that_of_gradient_flow(double rho) =>
        Gen.Select(Networks, Gen.Double[0.1, 5], Gen.Double[0.05, 0.95]).Sample((network, remaining, r) =>
        {
            double least = 4 * (1 - r) * (1 - r) * network.Lambda0 * network.Lambda0, rate = RepairedTheorem5.DampedRate(network, remaining, r, rho);
            return rho == 0 ? Close(rate, RepairedTheorem5.Rate(remaining))
                : rho == 1 ? Close(rate, 2 * remaining * least)
                : rate <= Math.Max(1, least) * RepairedTheorem5.Rate(remaining) * (1 + 1e-12) && rate >= Math.Min(1, least) * RepairedTheorem5.Rate(remaining) * (1 - 1e-12);
        });

    [Fact]
    public void Without_damping_Theorem_6_repaired_goes_to_a_quarter_of_the_limit_of_Theorem_2_repaired_and_on_a_flat_image_Theorem_5_has_its_printed_rate() =>
        Gen.Select(Losses, Networks).Sample((loss, network) =>
        {
            return Close(4 * RepairedTheorem6.GreatestTimeStep(loss), RepairedTheorem2.TimeStepLimit(loss, network, 1e-15), 1e-9)
                && RepairedTheorem5.Rate(RepairedTheorem5.RemainingConvexity(loss, 0, 5)) == PrintedTheorem5.Rate(loss);
        });

    [Fact]
    public void The_gap_falls_at_its_rate_where_it_is_as_large_as_the_tangential_gradient_allows() =>
        // d Delta/dt = -|P grad g|^2.
        Gen.Select(Gen.Double[0.1, 5], Gen.Double[0.1, 5]).Sample((remaining, norm) => Close(RepairedTheorem5.Rate(remaining) * RepairedTheorem5.GapBound(remaining, norm), norm * norm));

    [Fact]
    public void The_gradient_of_the_sum_of_squares_is_twice_the_residual_and_its_distance_the_residual() =>
        Gen.Select(Losses, Gen.Double[0.1, 10]).Sample((loss, gap) =>
            Close(Squares.GradientBound(gap), 2 * Math.Sqrt(gap))
            && Close(Squares.OutputDistance(gap), Math.Sqrt(gap))
            && Close(loss.GradientBound(gap), Math.Sqrt(loss.Mu * loss.Nu) * loss.OutputDistance(gap)));

    [Fact]
    public void The_lower_modulus_is_that_of_B_at_its_edge_and_the_root_of_the_floor_for_neighbours() =>
        Gen.Select(Networks, Gen.Double[0.05, 0.95]).Sample((network, r) =>
        {
            double radius = Neighbourhood.Radius(network, r), edge = RepairedTheorem3.LowerModulus(network, radius, radius);
            return Math.Abs(edge - RepairedTheorem3.LowerModulusOnBall(network, r)) <= 1e-12 * network.Lambda0
                && Math.Abs(edge - Math.Sqrt(LinearizationSpectrum.FloorAt(network, radius))) <= 1e-12 * network.Lambda0
                && Close(RepairedTheorem3.LowerModulus(network, 0, radius), (edge / 2) + network.Lambda0);
        });

    [Fact]
    public void Outputs_of_points_in_B_are_as_far_apart_as_the_repaired_Lemma_5_says()
    {
        var random = new Random(13);
        for (int trial = 0; trial < 200; trial++)
        {
            SmallNetwork network = SmallNetwork.Draw(5, 1, 2, random);
            NetworkConstants constants = network.Constants;
            const double r = 0.9;
            double[] InB() => SmallNetwork.Add(network.Start, Neighbourhood.Radius(constants, r) / Math.Sqrt(2), Problems.RandomVector(2, random));
            double[] w = InB(), other = InB();
            double outputs = Math.Sqrt(network.Output(w).Zip(network.Output(other), (a, b) => (a - b) * (a - b)).Sum());
            double weights = Math.Sqrt(w.Zip(other, (a, b) => (a - b) * (a - b)).Sum());
            double modulus = RepairedTheorem3.LowerModulus(constants, network.Distance(w), network.Distance(other));
            outputs.Should().BeGreaterThanOrEqualTo(modulus * weights);
            modulus.Should().BeGreaterThanOrEqualTo(RepairedTheorem3.LowerModulusOnBall(constants, r) * (1 - 1e-12)).And.BeLessThan(2 * constants.Lambda0);
        }
    }

    [Fact]
    public void The_least_alpha_of_Theorems_5_and_6_repaired_is_where_their_hypotheses_begin_to_hold() =>
        Gen.Select(Losses, Networks, Gen.Double[0.05, 0.95], Gen.Double[0.1, 10], Gen.Double[0, 1]).Sample((loss, network, r, excess, part) =>
        {
            double gap = part * excess;
            double Remaining(double alpha) => RepairedTheorem5.RemainingConvexity(loss, RepairedTheorem5.ImageCurvature(network, r, alpha), RepairedTheorem5.InitialGradientBound(loss, excess));
            bool Five(double alpha) => alpha > RepairedTheorem5.AlphaThreshold(network, Remaining(alpha), gap, r);
            bool Six(double alpha) => alpha > RepairedTheorem6.AlphaThreshold(loss, network, Remaining(alpha), gap, r);
            double five = RepairedTheorem5.LeastAlpha(loss, network, gap, excess, r), six = RepairedTheorem6.LeastAlpha(loss, network, gap, excess, r);
            return Five(five * (1 + 1e-6)) && !Five(five * (1 - 1e-6)) && Six(six * (1 + 1e-6)) && !Six(six * (1 - 1e-6)) && six >= five;
        });

    [Fact]
    public void The_displacement_bounds_of_Theorems_5_and_6_repaired_are_the_radius_of_B_at_their_thresholds() =>
        Gen.Select(Losses, Networks, Gen.Double[0.05, 0.95], Gen.Double[0.1, 10]).Sample((loss, network, r, gap) =>
        {
            double remaining = 0.75 * loss.Nu, radius = Neighbourhood.Radius(network, r);
            double five = RepairedTheorem5.AlphaThreshold(network, remaining, gap, r), six = RepairedTheorem6.AlphaThreshold(loss, network, remaining, gap, r);
            return Close(RepairedTheorem5.Displacement(network, remaining, gap, r, five * (1 + 1e-9)), radius, 1e-6)
                && Close(RepairedTheorem6.Displacement(loss, network, remaining, gap, r, six * (1 + 1e-9)), radius, 1e-6);
        });

    [Fact]
    public void The_alpha_of_Theorem_5_as_printed_is_too_small_where_r_is_at_least_a_half() =>
        Gen.Select(Losses, Networks, Gen.Double[0.5, 0.95], Gen.Double[0.1, 10], Gen.Double[0, 1]).Sample((_, network, r, excess, part) =>
            PrintedTheorem5.Alpha(Squares, network, part * excess, r) < RepairedTheorem5.LeastAlpha(Squares, network, part * excess, excess, r));

    [Fact]
    public void The_flow_obeys_Theorem_5_repaired()
    {
        var random = new Random(14);
        for (int trial = 0; trial < 20; trial++)
        {
            SmallNetwork network = SmallNetwork.Draw(5, 1, 2, random);
            (double alpha, double remaining) = Setting(network, 0.5, RepairedTheorem5.LeastAlpha);
            const double step = 0.05;
            double[][] path = new double[200][];
            path[0] = network.Start;
            for (int k = 1; k < path.Length; k++) path[k] = network.Flow(alpha, 0, path[k - 1], step);
            double best = network.Loss(alpha, path[^1]), gap = network.InitialLoss - best, rate = RepairedTheorem5.Rate(remaining);
            for (int k = 0; k < 100; k++)
            {
                double here = network.Loss(alpha, path[k]) - best;
                here.Should().BeLessThanOrEqualTo((Decay.AfterTime(gap, rate, k * step) * (1 + 1e-4)) + (1e-12 * network.InitialLoss));
                here.Should().BeLessThanOrEqualTo((RepairedTheorem5.GapBound(remaining, Tangential(network, alpha, path[k])) * (1 + 1e-9)) + (1e-12 * network.InitialLoss));
                network.Distance(path[k]).Should().BeLessThanOrEqualTo(RepairedTheorem5.Displacement(network.Constants, remaining, network.InitialLoss, 0.5, alpha));
            }
        }
    }

    [Fact]
    public void Steps_obey_Theorem_6_repaired()
    {
        var random = new Random(15);
        for (int trial = 0; trial < 20; trial++)
        {
            SmallNetwork network = SmallNetwork.Draw(5, 1, 2, random);
            (double alpha, double remaining) = Setting(network, 0.5, RepairedTheorem6.LeastAlpha);
            double tau = RepairedTheorem6.GreatestTimeStep(Squares), factor = RepairedTheorem6.Factor(Squares, remaining, tau);
            double[][] path = new double[150][];
            path[0] = network.Start;
            for (int k = 1; k < path.Length; k++) path[k] = SmallNetwork.Add(path[k - 1], tau, network.Velocity(alpha, 0, path[k - 1]));
            double best = network.Loss(alpha, path[^1]), gap = network.InitialLoss - best;
            for (int k = 0; k < 80; k++)
            {
                (network.Loss(alpha, path[k]) - best).Should().BeLessThanOrEqualTo((Decay.AfterSteps(gap, factor, k) * (1 + 1e-9)) + (1e-12 * network.InitialLoss));
                network.Distance(path[k]).Should().BeLessThanOrEqualTo(RepairedTheorem6.Displacement(Squares, network.Constants, remaining, network.InitialLoss, 0.5, alpha));
            }
        }
    }

    // An alpha just above the least one, with g(0) for Delta_0, and nuhat there.
    private static (double Alpha, double Remaining) Setting(SmallNetwork network, double r, Func<LossConstants, NetworkConstants, double, double, double, double> leastAlpha)
    {
        double gap = network.InitialLoss, alpha = 1.001 * leastAlpha(Squares, network.Constants, gap, gap, r);
        return (alpha, RepairedTheorem5.RemainingConvexity(Squares, RepairedTheorem5.ImageCurvature(network.Constants, r, alpha), RepairedTheorem5.InitialGradientBound(Squares, gap)));
    }

    // |P grad g| = |J v| alpha for the velocity v = -(1/alpha) J^+ grad g.
    private static double Tangential(SmallNetwork network, double alpha, double[] w)
    {
        Matrix<double> jacobian = Matrix<double>.Build.DenseOfRowMajor(network.RowCount, w.Length, network.FlatJacobian(w));
        return alpha * (jacobian * Vector<double>.Build.DenseOfArray(network.Velocity(alpha, 0, w))).L2Norm();
    }
}
