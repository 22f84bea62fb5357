using GnMlNet.Balls;
using GnMlNet.Ledger.Curves;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Tests;

// Variants of the statements that are false on an instance must come out refuted, with the ledger's own enclosures.
public class NearMissTests
{
    private static readonly Real Half = ((Real)1).Shift(-1);

    [Fact]
    public void Theorem_1_says_nothing_below_its_threshold()
    {
        PrintedDecay below = Q(342);
        below.MeetsPrintedThreshold().Verdict.Should().Be(Verdict.Refuted);
        below.Decays(below.Rate, below.MeetsPrintedThreshold()).Verdict.Should().Be(FindingVerdict.NotApplicable);
    }

    [Fact]
    public void Bounds_out_of_reach_are_not_refuted_before_they_have_fallen_below_the_floor() => Q(360).DecayUntil(Q(360).Rate, 0).Verdict.Should().NotBe(Verdict.Refuted);

    [Fact]
    public void The_ceiling_of_Q_is_what_calculus_says()
    {
        // u^2 = (sqrt(145) - 11)/6 maximizes u(4 - 6u^2)/(1 + u^2), u = tanh(w/2), which is odd.
        Problem problem = InstanceData.Named("Q").At(128);
        var function = new TargetFunction(problem.Network, problem.Loss.Targets);
        Real square = (Real.Exact(145, 128).Sqrt() - 11) / 6, greatest = square.Sqrt() * (4 - (6 * square)) / (1 + square), tolerance = ((Real)1).Shift(-40);
        Claims.Less("", (function.Greatest() - greatest).Abs(), tolerance).Verdict.Should().Be(Verdict.Proved);
        Claims.Less("", (function.Least() + greatest).Abs(), tolerance).Verdict.Should().Be(Verdict.Proved);
    }

    [Fact]
    public void Targets_on_the_image_are_not_out_of_reach() =>
        new PrintedDecay(InstanceData.Named("over01"), 360, ((Real)1).Shift(-17), "ρ = 2⁻¹⁷", Scope.Quick).IsOutOfReach.Should().BeFalse();

    [Theory, InlineData("Q3"), InlineData("over14"), InlineData("over19"), InlineData("over24")]
    public void The_first_step_refutes_30_with_the_learning_rate_of_the_proof(string name) =>
        Entries.Of("(30)").Findings.Single(finding => finding.Instance.StartsWith(name + ",", StringComparison.Ordinal)).Verdict.Should().Be(FindingVerdict.Refuted);

    [Theory, InlineData("G"), InlineData("Q"), InlineData("Q2")]
    public void Targets_out_of_reach_refute_Theorem_2_with_any_learning_rate(string name)
    {
        foreach (string label in new[] { "Theorem 2 read locally", "Theorem 2 with the proof's own η" })
        {
            Entries.Of(label).Findings.Where(finding => finding.Instance.StartsWith(name + ",", StringComparison.Ordinal)).Should().HaveCount(2)
                .And.OnlyContain(finding => finding.Verdict == FindingVerdict.Refuted);
        }
    }

    [Fact]
    public void The_flow_leaves_B_on_the_side_away_from_the_minimizer()
    {
        CurveSetting setting = CurveSetting.Named("Departing").Single(one => one.Flow.Leaves && one.IsInterior);
        (setting.Minimizer - setting.Curve.Start).IsPositive.Should().BeTrue();
        (setting.Flow.Far - setting.Curve.Start).IsNegative.Should().BeTrue();
        Finding finding = Entries.Of("(23)").Findings.Single(one => one.Instance == setting.Name);
        finding.Verdict.Should().Be(FindingVerdict.Refuted);
        finding.Hypotheses.Concat(finding.Premises).Should().OnlyContain(claim => claim.Verdict == Verdict.Proved);
    }

    private static PrintedDecay Q(int alpha) => PrintedDecay.Named("Q", alpha, ((Real)1).Shift(-17), "ρ = 2⁻¹⁷");

    [Fact]
    public void One_percent_more_than_the_least_eigenvalue_is_refuted()
    {
        foreach (string name in new[] { "over01", "over12", "over24", "under08", "under24" })
        {
            var constants = new Constants(InstanceData.Named(name).At(256));
            (SharedHypotheses.Assumption1(constants).Verdict, SharedHypotheses.Assumption2(constants).Verdict).Should().Be((Verdict.Proved, Verdict.Proved));
            Claims.LessOrEqual("1.01 · 4λ₀²", 404 * constants.Lambda0.Square() / 100, constants.SmallestEigenvalue).Verdict.Should().Be(Verdict.Refuted, name);
        }
    }

    [Fact]
    public void A_flow_does_not_decay_at_four_times_the_rate_or_stay_within_a_sixteenth_of_its_way()
    {
        var constants = new Constants(InstanceData.Named("over01").At(224));
        Real alpha = ScalingFactor.Above(constants.Unit), rho = ScalingFactor.Below(constants.Lambda0.Square());
        IReadOnlyList<FlowPiece> pieces = new FlowEnclosure(constants, alpha, rho).Until(Half);
        Claim.All(pieces.SelectMany(piece => piece.Decays(2 * constants.Nu * Constants.Rate(constants.Lambda0.Square(), rho), 0, 8))).Verdict.Should().Be(Verdict.Proved);
        Claim.All(pieces.SelectMany(piece => piece.Decays(8 * constants.Nu, 0, 8))).Verdict.Should().Be(Verdict.Refuted);
        FlowPiece last = pieces[^1];
        Real way = RealVectors.Norm(last.Displacement(last.Step, constants.Problem.InitialWeights));
        Claims.LessOrEqual("a sixteenth", way.Widen(last.Error), way.Shift(-4)).Verdict.Should().Be(Verdict.Refuted);
    }

    [Fact]
    public void With_fewer_parameters_than_rows_a_flow_does_not_decay_at_four_times_the_rate_nor_to_a_value_that_is_too_great_nor_is_it_at_its_end()
    {
        UndampedRepairs theory = UndampedRepairs.WithSufficientAlphaFor5R(new Constants(InstanceData.Named("under08").At(224)));
        foreach (Real rho in new Real[] { 0, ScalingFactor.Below(theory.Constants.Lambda0.Square()), 1 })
        {
            IReadOnlyList<FlowPiece> pieces = new FlowEnclosure(theory.Constants, theory.Alpha, rho).Until(Half);
            FlowPiece last = pieces[^1];
            Iterate best = theory.Polished(last.End, 40, 224);
            Real value = theory.BestValue(best), rate = theory.Rate(rho);
            Decays(rate, value.Least).Should().Be(Verdict.Proved);
            // The gap decays at most at the rate 2 mu times the greatest eigenvalue of M.
            Decays(4 * theory.Constants.Mu / Real.Min(1, rho.IsPositive ? 1 - rho + (rho / theory.Constants.GreatestEigenvalue) : 1), value.Least).Should().Be(Verdict.Refuted);
            Decays(rate, value.Least - theory.Constants.Problem.InitialLoss.Shift(20)).Should().Be(Verdict.Refuted);
            RealVectors.Norm(last.OutputDistance(last.Step, best.Outputs)).IsPositive.Should().BeTrue();
            Ball.Less(RealVectors.Norm(last.OutputDistance(last.Step, best.Outputs)).Ball, theory.DistanceFromBest(best).Ball).Should().Be(Verdict.Refuted);

            Verdict Decays(Real c, Real least) => Claim.All(pieces.SelectMany(piece => piece.Decays(c, least, 8))).Verdict;
        }
    }

    [Fact]
    public void Steps_do_not_decrease_the_gap_by_a_factor_that_only_smaller_time_steps_forbid()
    {
        var constants = new Constants(InstanceData.Named("over04").At(512));
        Real alpha = ScalingFactor.Above(2 * constants.Unit), tau = ((Real)1).Shift(-3);
        PathPoint last = new StepEnclosure(constants, alpha, ScalingFactor.Below(constants.Lambda0.Square().Shift(-10)), tau).Take(6).Last();
        // 1 - 8 tau nu is negative; with tau nu = 1/4 a step leaves about (1 - 1/4)^2.
        Claims.LessOrEqual("(1/4)^k", last.Objective, constants.Problem.InitialLoss * ((Real)1).Shift(-2).Pow(6)).Verdict.Should().Be(Verdict.Refuted);
        Claims.LessOrEqual("(3/4)^k", last.Objective, constants.Problem.InitialLoss * (3 * ((Real)1).Shift(-2)).Pow(6)).Verdict.Should().Be(Verdict.Proved);
    }

    [Fact]
    public void Next_to_the_initial_weights_3R_holds_with_equality_and_not_with_one_percent_more()
    {
        var curve = new ScalarCurve(InstanceData.Named("Curve").At(256));
        Real lambda = RealVectors.Norm(curve.Tangent(curve.Start)), step = ((Real)1).Shift(-60), start = curve.Start;
        Real apart = RealVectors.Norm(RealVectors.Subtract(curve.Problem.Outputs([start + step]), curve.Problem.Outputs([start])));
        Claims.LessOrEqual("0.99 · 2λ₀|w - w'|", 99 * lambda * step / 100, apart).Verdict.Should().Be(Verdict.Proved);
        Claims.LessOrEqual("1.01 · 2λ₀|w - w'|", 101 * lambda * step / 100, apart).Verdict.Should().Be(Verdict.Refuted);
    }

    [Fact]
    public void The_modulus_of_the_outputs_is_attained_at_zero_weights()
    {
        Network network = InstanceData.Named("over11").At(256).Network;
        Real norm = Eigenvalues.Greatest(new Linearization(network, new Real[network.Parameters]).Kernel), modulus = network.OutputModulus().Square();
        Claims.LessOrEqual("99%", norm, 99 * modulus / 100).Verdict.Should().Be(Verdict.Refuted);
        Claims.LessOrEqual("101%", norm, 101 * modulus / 100).Verdict.Should().Be(Verdict.Proved);
    }

    [Fact]
    public void For_the_quadratic_loss_the_Polyak_Lojasiewicz_inequality_is_an_equality()
    {
        Loss loss = InstanceData.Named("over01").At(256).Loss;
        Real[] outputs = [3, -2];
        Real gap = 2 * loss.StrongConvexity * loss.Value(outputs), gradient = RealVectors.SquaredNorm(loss.Gradient(outputs));
        Claims.LessOrEqual("2νΔ", gap, gradient).Verdict.Should().NotBe(Verdict.Refuted);
        Claims.LessOrEqual("2.02 νΔ", 101 * gap / 100, gradient).Verdict.Should().Be(Verdict.Refuted);
    }

    [Fact]
    public void Theorem_5_with_half_its_rate_is_not_refuted_by_the_curve()
    {
        CurveSetting setting = CurveSetting.Named("Curve")[0];
        Real w = (setting.Minimizer.Middle + ((Real)1).Shift(-16)).Middle, time = setting.Flow.TimeTo(w, 500);
        Claims.LessOrEqual("g(0) exp(-2t)", setting.Gap(w), setting.Curve.Problem.InitialLoss * (-2 * time).Exp()).Verdict.Should().Be(Verdict.Proved);
    }

    [Fact]
    public void What_holds_at_a_thousandth_of_6R_s_scaling_factor_is_not_claimed()
    {
        var constants = new Constants(InstanceData.Named("under16").At(256));
        var setting = new UndampedRepairs(constants, UndampedRepairs.WithSufficientAlpha(constants).Alpha.Shift(-10), Half);
        setting.Hypotheses().Select(claim => claim.Verdict).Should().Contain(Verdict.Refuted);
    }

    [Fact]
    public void With_fixed_hidden_weights_twice_the_rate_and_half_the_way_are_refuted()
    {
        RandomFeatureSetting setting = SettingsOfInstance<RandomFeatureSetting>.All(InstanceData.Named("over01"), Scope.Quick)[0];
        PointOfLinearFlow last = setting.Path[^1];
        Claims.LessOrEqual("Δ₀ exp(-4ν s t)", last.Gap, setting.InitialLoss * (-2 * setting.Rate * last.Time).Exp()).Verdict.Should().Be(Verdict.Refuted);
        Claims.LessOrEqual("4ν s Δ", 2 * setting.Rate * last.Gap, last.Dissipation).Verdict.Should().Be(Verdict.Refuted);
        Claims.LessOrEqual("|y|/(|K|^(1/2) α)", last.Displacement, RealVectors.Norm(setting.Targets) / (16 * setting.Alpha)).Verdict.Should().Be(Verdict.Refuted);
    }

    [Fact]
    public void Fewer_units_than_rows_and_equal_inputs_do_not_meet_the_hypotheses_of_fixed_hidden_weights()
    {
        RealMatrix inputs = RealMatrix.Of(3, 1, (j, _) => Real.Exact(j, 128)), twice = RealMatrix.Of(3, 1, (j, _) => Real.Exact(j / 2, 128));
        foreach ((RealMatrix rows, int units, string violated) in new[] { (inputs, 2, "n ≤ m"), (twice, 6, "0 < |x_i - x_j|² for i ≠ j") })
        {
            var setting = new RandomFeatureSetting("three rows", FixedHiddenLayer.Draw(Activation.Cosine, rows, units, 5, 128), [1, -1, 2], 0, 128);
            setting.Hypotheses.Single(claim => claim.Text == violated).Verdict.Should().Be(Verdict.Refuted);
            setting.Find(Claims.Less("0 < 1", 0, 1)).Verdict.Should().Be(FindingVerdict.NotApplicable);
        }
    }

    [Fact]
    public void Wider_layers_of_one_seed_begin_with_the_same_units()
    {
        RealMatrix inputs = RealMatrix.Of(2, 2, (j, k) => Real.Exact(j + k, 128));
        RandomFeatures narrow = FixedHiddenLayer.Draw(Activation.Tanh, inputs, 3, 9, 128), wide = FixedHiddenLayer.Draw(Activation.Tanh, inputs, 5, 9, 128);
        for (int i = 0; i < 3; i++) wide.Jacobian[1, i].Should().Be(narrow.Jacobian[1, i]);
    }
}
