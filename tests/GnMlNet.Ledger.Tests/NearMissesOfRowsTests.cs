using GnMlNet.Balls;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Tests;

// What refutes must not refute what is true: each argument where its statement holds.
public class NearMissesOfRowsTests
{
    [Fact]
    public void On_the_border_along_the_range_of_the_transposed_Jacobian_the_flow_points_inward()
    {
        // From w_init along the range of J^T the outputs grow, and large ones are pulled back.
        var constants = new Constants(InstanceData.Named("over05").At(320));
        Real alpha = ScalingFactor.Above(constants.Unit.Shift(80)), rho = ScalingFactor.Below(constants.Lambda0.Square());
        var start = new Linearization(constants.Problem.Network, constants.Problem.InitialWeights);
        Real[] inward = start.Jacobian.TransposeTimes(start.Jacobian.Times(OutwardPoint.Of(constants, alpha, rho)!.Displacement));
        Real[] weights = RealVectors.Add(constants.Problem.InitialWeights, RealVectors.Scale(constants.Radius / RealVectors.Norm(inward), inward));
        Real[] gradient = constants.Problem.Loss.Gradient(constants.Problem.ScaledOutputs(weights, alpha));
        Real[] direction = new Linearization(constants.Problem.Network, weights).Direction(rho, gradient)!;
        (-RealVectors.Dot(RealVectors.Subtract(weights, constants.Problem.InitialWeights), direction)).IsNegative.Should().BeTrue();
    }

    [Fact]
    public void A_flow_from_inside_does_leave_the_ball_at_the_outward_point()
    {
        // One step of Euler's back in time from the border leads inside, and one forward outside.
        var constants = new Constants(InstanceData.Named("Q").At(320));
        Real alpha = ScalingFactor.Above(constants.Unit.Shift(80)), rho = ScalingFactor.Below(constants.Lambda0.Square().Shift(-8)), small = ((Real)1).Shift(-20);
        OutwardPoint point = OutwardPoint.Of(constants, alpha, rho)!;
        Real[] weights = RealVectors.Add(constants.Problem.InitialWeights, point.Displacement);
        Real[] direction = new Linearization(constants.Problem.Network, weights).Direction(rho, constants.Problem.Loss.Gradient(constants.Problem.ScaledOutputs(weights, alpha)))!;
        Real[] velocity = RealVectors.Scale(-1 / alpha, direction);
        Real After(Real time) => RealVectors.Norm(RealVectors.Add(point.Displacement, RealVectors.Scale(time, velocity)));
        Claims.Less("before", After(-small), constants.Radius).Verdict.Should().Be(Verdict.Proved);
        Claims.Less("after", constants.Radius, After(small)).Verdict.Should().Be(Verdict.Proved);
    }

    [Fact]
    public void The_convexity_of_the_ball_has_the_margin_that_is_derived_and_not_four_times_as_much()
    {
        // alpha^2 nu 4 lambda_0^2 is what J^T J has at w_init: the ball costs some of it.
        var constants = new Constants(InstanceData.Named("under01").At(256));
        var ball = new ConvexBall(constants);
        Claims.LessOrEqual("α²νλ₀² ≤ m", ball.Alpha.Square() * constants.Nu * constants.Lambda0.Square(), ball.Convexity).Verdict.Should().Be(Verdict.Proved);
        Claims.LessOrEqual("α²ν 4λ₀² ≤ m", 4 * ball.Alpha.Square() * constants.Nu * constants.Lambda0.Square(), ball.Convexity).Verdict.Should().Be(Verdict.Refuted);
        Claims.Less("the way of the flow < a sixteenth of R", ball.Displacement, ball.Radius.Shift(-4)).Verdict.Should().Be(Verdict.Refuted);
    }

    [Fact]
    public void A_step_of_gradient_descent_approaches_the_minimizer_by_the_certified_factor_at_least()
    {
        // One weight: a step of length 1/M from w_init towards the zero of F', with m and M on the ball.
        var constants = new Constants(InstanceData.Named("Curve").At(320));
        var ball = new ConvexBall(constants);
        Problem problem = constants.Problem;
        Real Slope(Real w) => ball.Alpha * RealVectors.Dot([.. Enumerable.Range(0, 2).Select(j => problem.Network.Jacobian([w])[j, 0])], problem.Loss.Gradient(problem.ScaledOutputs([w], ball.Alpha)));
        Real low = problem.InitialWeights[0] - ball.Displacement, high = problem.InitialWeights[0] + ball.Displacement;
        for (int k = 0; k < 200; k++)
        {
            Real middle = (low + high).Shift(-1).Middle;
            if (Slope(middle).Middle.IsPositive) high = middle;
            else low = middle;
        }

        Real best = Real.Between(low, high), start = problem.InitialWeights[0], next = start - (Slope(start) / ball.Smoothness);
        Claims.LessOrEqual("|w_1 - w*| ≤ (1 - m/M)|w_0 - w*|", (next - best).Abs(), ball.Factor * (start - best).Abs()).Verdict.Should().Be(Verdict.Proved);
        Claims.LessOrEqual("|w_0 - w*| ≤ |∇F(w_0)|/m", (start - best).Abs(), ball.Displacement.Shift(-1)).Verdict.Should().Be(Verdict.Proved);
    }

    [Fact]
    public void Points_of_the_image_meet_what_footnote_1_s_argument_asks_of_them()
    {
        // Weights of B have outputs with |f| <= ... only where they are not orthogonal to the image: the bound on the normal part holds, the one on the whole fails.
        foreach (UnderparameterizedSetting setting in UnderparameterizedSetting.All(Scope.Quick).Where(setting => setting.Name.StartsWith("under", StringComparison.Ordinal)).Take(6))
        {
            Problem problem = setting.Problem;
            RealMatrix projection = new Linearization(problem.Network, problem.InitialWeights).Projection;
            foreach (Trajectories.Iterate point in setting.Points)
            {
                Real[] outputs = problem.Outputs(point.Weights), normal = RealVectors.Subtract(outputs, projection.Times(outputs));
                Real distance = problem.Displacement(point.Weights), bend = (setting.Constants.Modulus * distance.Square()).Shift(-1);
                if (!distance.IsPositive) continue;
                Claims.LessOrEqual("|(I - P)f| ≤ (L/2)δ²", RealVectors.Norm(normal), bend).Verdict.Should().Be(Verdict.Proved);
                Claims.LessOrEqual("(2 - r)λ₀δ ≤ |f|", (2 - setting.Theory.R) * setting.Constants.Lambda0 * distance, RealVectors.Norm(outputs)).Verdict.Should().Be(Verdict.Proved);
                Claims.LessOrEqual("|f| ≤ (L/2)δ²", RealVectors.Norm(outputs), bend).Verdict.Should().Be(Verdict.Refuted);
            }
        }
    }

    [Fact]
    public void Nothing_reaches_further_than_the_bound_and_the_furthest_weights_come_close()
    {
        Problem problem = InstanceData.Named("Q").At(128);
        Real reach = GreatestReach.Of(problem), known = Real.Parse("0.0547516", 128);
        Claims.Less("|h - 0.05475| < 10⁻⁶", (reach - known).Abs(), Real.Parse("1e-6", 128)).Verdict.Should().Be(Verdict.Proved);
        // u^2 = (sqrt(145) - 11)/6 with u = tanh(z/2): z = log((1 + u)/(1 - u)).
        Real u = ((Real.Exact(145, 128).Sqrt() - 11) / 6).Sqrt(), furthest = ((1 + u) / (1 - u)).Log();
        Claims.LessOrEqual("h - 10⁻⁵ ≤ y·f there", reach - Real.Parse("1e-5", 128), RealVectors.Dot(problem.Loss.Targets, problem.Outputs([furthest, furthest, furthest]))).Verdict.Should().Be(Verdict.Proved);
    }

    [Fact]
    public void A_rate_above_its_limit_and_another_limit_of_the_factor_are_refuted()
    {
        foreach (OverparameterizedSetting setting in SettingsOfInstance<OverparameterizedSetting>.OfCollection(Scope.Quick).Where(setting => setting.Name.StartsWith("over", StringComparison.Ordinal)).Take(6))
        {
            Constants constants = setting.Constants;
            Real ratio = ((Real)1).Shift(-20), rho = ratio * constants.Lambda0.Square(), modulus = setting.Problem.Network.PrintedOutputModulus();
            Claims.LessOrEqual("2ν(1 + ρ/λ₀² ) ≤ 2ν s(λ₀²)", 2 * constants.Nu * (1 + ratio), constants.PrintedRate(rho)).Verdict.Should().Be(Verdict.Refuted);
            var printed = new LocalTheorem2(constants, rho, modulus);
            Real tolerance = 4 * ratio * (constants.LambdaN / modulus).Square();
            Claims.LessOrEqual("|q(ρ) - (1 - (ν/μ)λ₀²/Lip_f²)|", (printed.Factor - (1 - (constants.Nu / constants.Mu * (constants.Lambda0 / modulus).Square()))).Abs(), tolerance).Verdict.Should().Be(Verdict.Refuted);
        }
    }

    [Fact]
    public void At_half_the_rate_24_holds_where_the_row_refutes_it()
    {
        CurveSetting setting = CurveSetting.Named("Curve")[0];
        Real w = setting.Flow.Passed(12), time = setting.Flow.TimeTo(w, 500);
        Claims.LessOrEqual("Δ₀ exp(-2t)", setting.Gap(w), setting.Gap(setting.Curve.Start) * (-2 * time).Exp()).Verdict.Should().Be(Verdict.Proved);
    }

    [Fact]
    public void Halves_of_Lemma_9_alone_are_met_by_some_tangent_vector()
    {
        // v = 0 for (nu/2)|v|^2 <= Delta, and |v| = |P grad g|/mu for the other: what the conjunction cannot have is both.
        foreach (CurveSetting setting in CurveSetting.Named("Curve"))
        {
            Real start = setting.Curve.Start, slope = setting.Curve.TangentialGradient(start, setting.Alpha).Abs();
            Claims.LessOrEqual("0 ≤ Δ₀", 0, setting.Gap(start)).Verdict.Should().Be(Verdict.Proved);
            Claims.LessOrEqual("(ν/2)|v|² ≤ Δ₀ with the least |v| that (21) allows", (slope / 2).Square(), setting.Gap(start)).Verdict.Should().Be(Verdict.Refuted);
        }
    }

    [Fact]
    public void With_a_hundredth_of_the_dissipation_no_exit_would_be_proved()
    {
        foreach (CaliforniaSetting setting in SettingsOfInstance<CaliforniaSetting>.OfCollection(Scope.Quick))
        {
            setting.HasNoStationaryPoint.Verdict.Should().Be(Verdict.Proved);
            Claims.Less("g(0) - 0.64 inf |P∇g|² < 0", CaliforniaSetting.InitialLoss - (64 * setting.LeastDissipation / 100), 0).Verdict.Should().Be(Verdict.Refuted);
        }
    }
}
