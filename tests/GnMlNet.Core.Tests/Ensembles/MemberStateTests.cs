using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Ensembles;

/// <summary>The state of a member in training, as bytes.</summary>
public class MemberStateTests
{
    /// <summary>A member whose steps go through the phases that its case is about.</summary>
    internal sealed record Case(int Rows, int Inputs, int Hidden, bool AdaptsPenalty = true, int? FirstRows = null, int Iterations = 45)
    {
        private readonly RegressionData _rows = Mapped(Problems.NoisyTable(Rows + (Rows / 10), Inputs, 3));

        internal NetworkShape Shape => new(Inputs, Hidden);

        internal StepForm Form => MemberTraining.FormOf(new TrainedParameters(Shape), Rows, AdaptsPenalty);

        internal bool PrefersSample => new StepCosts(new TrainedParameters(Shape), Rows).PrefersSample;

        internal MemberTraining Member() => new(
            new HeldMemberRows(0, _rows, [.. Enumerable.Range(0, Rows)], [.. Enumerable.Range(Rows, Rows / 10)]), new EnsembleOptions { Penalty = AdaptsPenalty ? null : 1e-3 }.MemberOptions(Hidden), new TrainingControl(), FirstRows, new LinearizationRoom());

        private static RegressionData Mapped(RegressionData raw)
        {
            Standardization units = Standardization.Measure(raw);
            return FeatureMap.Plain(units).Map(raw, units.Label, new WorkSharing(1));
        }
    }

    private static readonly Case Sampled = new(6_000, 2, 40), Wide = new(1_500, 2, 300, Iterations: 10), Dual = new(40, 60, 5), Fixed = new(6_000, 2, 40, AdaptsPenalty: false), Small = new(300, 3, 5), Growing = new(6_000, 2, 40, FirstRows: 5_000);

    public static TheoryData<string> Names => ["sampled", "wide", "dual", "fixed", "small", "growing"];

    private static Case Of(string name) => name switch { "sampled" => Sampled, "wide" => Wide, "dual" => Dual, "fixed" => Fixed, "small" => Small, _ => Growing };

    private static MemberTraining Begun(Case at)
    {
        MemberTraining member = at.Member();
        member.Begin(Initialization.DrawSpread(at.Shape, new Random(1)), null);
        return member;
    }

    [Theory, MemberData(nameof(Names))]
    public void A_member_restored_at_any_iteration_advances_with_the_same_bits(string name)
    {
        Case at = Of(name);
        MemberTraining member = Begun(at);
        for (int i = 0; i < at.Iterations; i++)
        {
            if (i % 10 == 5) member.Keep();
            if (at.FirstRows is not null && i == at.Iterations / 2) member.Grow(at.Rows);
            byte[] state = member.SaveState();
            MemberTraining other = at.Member();
            other.RestoreState(state);
            other.SaveState().Should().Equal(state);
            member.Advance();
            other.Advance();
            other.SaveState().AsSpan().SequenceEqual(member.SaveState()).Should().BeTrue($"iteration {i} is the same");
            if (i != at.Iterations - 1 || member.Kept is null) continue;
            (double noise, double[] leverage) = member.MeasureLeverage(keep: false);
            (double otherNoise, double[] otherLeverage) = other.MeasureLeverage(keep: false);
            otherNoise.Should().Be(noise);
            otherLeverage.Should().Equal(leverage);
        }
    }

    [Theory, InlineData("sampled"), InlineData("wide"), InlineData("growing")]
    public void One_restored_early_goes_on_to_the_same_end(string name)
    {
        Case at = Of(name);
        MemberTraining member = Begun(at);
        for (int i = 0; i < 7; i++) member.Advance();
        MemberTraining other = at.Member();
        other.RestoreState(member.SaveState());
        for (int i = 7; i < at.Iterations; i++)
        {
            member.Advance();
            other.Advance();
        }

        other.SaveState().Should().Equal(member.SaveState());
    }

    [Fact]
    public void The_cases_go_through_all_phases()
    {
        Dual.Form.Should().Be(StepForm.Dual);
        Sampled.Form.Should().Be(StepForm.Primal);
        (Sampled.PrefersSample, Wide.PrefersSample).Should().Be((true, false));
        foreach (Case at in new[] { Sampled, Fixed })
        {
            MemberTraining member = Begun(at);
            List<(bool IsSampled, bool IsInexact)> phases = [];
            for (int i = 0; i < at.Iterations; i++)
            {
                member.Advance();
                phases.Add((member.Latest.CurvatureRows < at.Rows, member.IsInexact));
            }

            phases.Should().Contain((true, false)).And.Contain((false, true));
            // Of the first eight inexact steps every second one has the residuals' curvature.
            phases.Count(phase => phase.IsInexact).Should().BeGreaterThan(8);
        }

        MemberTraining wide = Begun(Wide);
        for (int i = 0; i < Wide.Iterations; i++) wide.Advance();
        wide.IsInexact.Should().BeTrue();
    }

    [Fact]
    public void A_state_cut_at_any_byte_or_altered_in_any_bit_is_refused()
    {
        var small = new Case(30, 1, 1);
        MemberTraining member = Begun(small), other = small.Member();
        member.Advance();
        member.Keep();
        byte[] state = member.SaveState();
        for (int length = 0; length < state.Length; length++) other.Invoking(at => at.RestoreState(state.AsSpan(0, length))).Should().Throw<FormatException>();
        for (int bit = 0; bit < 8 * state.Length; bit++)
        {
            state[bit / 8] ^= (byte)(1 << (bit % 8));
            other.Invoking(at => at.RestoreState(state)).Should().Throw<FormatException>($"bit {bit} is another");
            state[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        other.RestoreState(state);
    }

    [Fact]
    public void The_state_of_a_member_with_other_rows_or_units_is_refused()
    {
        byte[] state = Begun(Sampled).SaveState();
        foreach (Case other in new[] { Small, new Case(6_000, 2, 41), new Case(6_000, 3, 40), Fixed })
            other.Member().Invoking(at => at.RestoreState(state)).Should().Throw<FormatException>().WithMessage("The state of a member is not valid: *");
    }
}
