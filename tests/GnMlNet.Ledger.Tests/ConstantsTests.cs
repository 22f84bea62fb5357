using GnMlNet.Balls;
using GnMlNet.Core.Theory;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Tests;

// The ledger's enclosures and the doubles of the core share no code.
public class ConstantsTests
{
    private const double Rho = 0.0009765625;

    public static TheoryData<string> Overparameterized => [.. Recipes.Overparameterized.Select(recipe => recipe.Name), "Q", "G", "wide16"];

    public static TheoryData<string> Underparameterized => [.. Recipes.Underparameterized.Select(recipe => recipe.Name), "Curve"];

    [Theory, MemberData(nameof(Overparameterized))]
    public void Thresholds_and_rates_of_Section_3_agree_with_the_core(string name)
    {
        var constants = new Constants(InstanceData.Named(name).At(256));
        (LossConstants loss, NetworkConstants network) = OfCore(constants);
        double gap = Double(constants.Problem.InitialLoss);
        Real rho = ((Real)1).Shift(-10);
        Agree(constants.PrintedThreshold(rho), PrintedTheorem1.LeastAlpha(loss, network, gap, Rho));
        Agree(constants.ThresholdOfLemma2(rho), PrintedTheorem1.LeastAlphaOfLemma2(loss, network, gap, Rho));
        Agree(constants.Unit.Shift(-1), RepairedTheorem1.LeastAlpha(loss, network, gap));
        DampedSteps steps = DampedSteps.AtHalfTheLimit(constants, rho);
        double tau = Double(steps.TimeStep), alpha = Double(steps.SufficientAlpha);
        Agree(steps.Limit, RepairedTheorem2.TimeStepLimit(loss, network, Rho));
        Agree(steps.LeastAlpha, RepairedTheorem2.LeastAlpha(loss, network, gap, Rho, tau));
        Agree(steps.Factor(steps.SufficientAlpha), RepairedTheorem2.Factor(loss, network, gap, Rho, tau, alpha));
        Agree(steps.Displacement(steps.SufficientAlpha), RepairedTheorem2.Displacement(loss, network, gap, Rho, tau, alpha));
        Agree(2 * constants.Nu * Constants.Rate(constants.Lambda0.Square(), rho), PrintedTheorem1.Rate(loss, network, Rho));
        Agree(constants.Modulus, JacobianModulus.UpperBound(Double(constants.Problem.Network.Activation.GreatestCurvature(128)), Inputs(constants), constants.Problem.Network.Dimension));
        Agree(constants.Problem.Network.JacobianModulusBelow(128), JacobianModulus.LowerBound(Double(constants.Problem.Network.Activation.GreatestCurvature(128)), Inputs(constants), constants.Problem.Network.Dimension));

        var printed = new LocalTheorem2(constants, rho, constants.Problem.Network.PrintedOutputModulus());
        var shape = new DiscreteConstants(
            Double(constants.Problem.Network.Activation.GreatestCurvature(128)), Double(constants.Problem.Network.PrintedOutputModulus()), constants.Problem.Network.Rows, constants.Problem.Network.Units);
        Agree(printed.FirstThreshold, Core.Theory.PrintedTheorem2.LeastAlphaForTheBall(loss, network, gap, Rho, constants.Problem.Network.Units));
        Agree(printed.TimeStep, Core.Theory.PrintedTheorem2.LearningRate(network, shape, 1, Rho));
        Agree(printed.TimeStepOfProof, Core.Theory.PrintedTheorem2.LearningRateOfTheProof(loss, network, shape, 1, Rho));
        Agree(printed.Factor, Core.Theory.PrintedTheorem2.Factor(loss, network, shape, Rho));
        Agree(printed.SecondThreshold, Core.Theory.PrintedTheorem2.LeastAlphaForTheLinearization(loss, shape, GreatestGradient(constants.Problem.Loss, gap)));
    }

    [Theory, MemberData(nameof(Underparameterized))]
    public void Constants_of_Section_4_agree_with_the_core(string name)
    {
        var constants = new Constants(InstanceData.Named(name).At(256));
        (LossConstants loss, NetworkConstants network) = OfCore(constants);
        Real half = ((Real)1).Shift(-1), alpha = UndampedRepairs.WithSufficientAlpha(constants).Alpha;
        var setting = new UndampedRepairs(constants, alpha, half);
        double gap = Double(constants.Problem.InitialLoss), curvature = RepairedTheorem5.ImageCurvature(network, 0.5, Double(alpha));
        Agree(setting.Kappa, curvature);
        Agree(constants.GradientBound, RepairedTheorem5.InitialGradientBound(loss, gap));
        double convexity = RepairedTheorem5.RemainingConvexity(loss, curvature, RepairedTheorem5.InitialGradientBound(loss, gap));
        Agree(setting.RemainingConvexity, convexity);
        Agree(setting.ThresholdOf5R, RepairedTheorem5.AlphaThreshold(network, convexity, gap, 0.5));
        Agree(setting.ThresholdOf6R, RepairedTheorem6.AlphaThreshold(loss, network, convexity, gap, 0.5));
        Agree(setting.Radius, Neighbourhood.Radius(network, 0.5));
        Agree(setting.DisplacementOf6R, RepairedTheorem6.Displacement(loss, network, convexity, gap, 0.5, Double(alpha)));
    }

    [Fact]
    public void The_best_value_over_B_is_the_same_from_every_point_that_encloses_it()
    {
        var constants = new Constants(InstanceData.Named("under16").At(512));
        Real half = ((Real)1).Shift(-1), alpha = UndampedRepairs.WithSufficientAlpha(constants).Alpha;
        var setting = new UndampedRepairs(constants, alpha, half);
        var steps = new GaussNewtonSteps(constants.Problem, alpha, 0, half.Shift(-1));
        Real[] values = [.. new StepEnclosure(constants, alpha, 0, half.Shift(-1)).Take(20).Select(point => setting.BestValue(steps.At(point.Step, point.Weights)!))];
        for (int k = 1; k < values.Length; k++) values[k].Ball.Overlaps(values[k - 1].Ball).Should().BeTrue();
        (values[^1].Ball.Radius < Magnitude.PowerOfTwo(-16)).Should().BeTrue();
    }

    // With one residual for all outputs, where it is attained: by bisection on the residual.
    private static double GreatestGradient(Loss loss, double level)
    {
        int count = loss.Targets.Length;
        if (loss is QuadraticLoss) return Math.Sqrt(2 * Double(loss.Smoothness) * level);
        double low = 0, high = level + 1;
        for (int k = 0; k < 200; k++)
        {
            double r = (low + high) / 2;
            if (count * ((2 * (Math.Sqrt(1 + (r * r)) - 1)) + (r * r)) > level) high = r;
            else low = r;
        }

        return Math.Sqrt(count) * ((2 * low / Math.Sqrt(1 + (low * low))) + (2 * low));
    }

    private static (LossConstants Loss, NetworkConstants Network) OfCore(Constants constants) =>
        (new LossConstants(Double(constants.Nu), Double(constants.Mu)), new NetworkConstants(Double(constants.Lambda0), Double(constants.LambdaN), Double(constants.Modulus)));

    private static double[] Inputs(Constants constants)
    {
        RealMatrix inputs = constants.Problem.Network.Inputs;
        return [.. Enumerable.Range(0, inputs.Rows).SelectMany(j => Enumerable.Range(0, inputs.Columns).Select(k => Double(inputs[j, k])))];
    }

    private static double Double(Real value) => value.Ball.Midpoint.ToDouble();

    private static void Agree(Real enclosed, double computed) => computed.Should().BeApproximately(Double(enclosed), 1e-9 * Math.Abs(computed));
}
