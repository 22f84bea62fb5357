using CsCheck;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Training;

public class EvidencePolicyTests
{
    // Two columns and three units: groups of 3, 3, 3, 3 and 1 parameters.
    private static readonly ParameterGroups Groups = new(new TrainedParameters(new NetworkShape(2, 3)));

    private static EvidencePolicy Policy(double rows = 100) => new(Groups, rows);

    [Fact]
    public void Every_parameter_belongs_to_its_column_its_layer_or_its_bias()
    {
        Enumerable.Range(0, 13).Select(i => Groups[i]).Should().Equal(0, 1, 2, 0, 1, 2, 0, 1, 2, 3, 3, 3, 4);
        Enumerable.Range(0, 5).Select(Groups.Size).Should().Equal(3, 3, 3, 3, 1);
        var paper = new ParameterGroups(new TrainedParameters(new NetworkShape(2, 3, HasBiases: false), IncludeOutputLayer: false));
        Enumerable.Range(0, 6).Select(i => paper[i]).Should().Equal(0, 1, 0, 1, 0, 1);
        Enumerable.Range(0, 5).Select(paper.Size).Should().Equal(3, 3, 0, 0, 0);
    }

    [Fact]
    public void It_is_due_from_the_sixth_iteration_on_at_first_every_time_and_later_every_second_time() =>
        Enumerable.Range(0, 36).Where(EvidencePolicy.IsDue).Should().Equal([.. Enumerable.Range(5, 26), 32, 34]);

    [Fact]
    public void At_its_fixed_point_a_precision_times_the_weights_squares_is_the_number_of_effective_parameters() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            double[] squares = [.. Enumerable.Range(0, 5).Select(_ => 0.1 + random.NextDouble())];
            double[] traces = [.. Enumerable.Range(0, 5).Select(_ => 0.1 + random.NextDouble())];
            EvidencePolicy policy = Policy();
            for (int i = 0; i < 500; i++) policy.Reestimate(traces, squares, meanSquaredError: 0.2);
            double before = policy.NoisePrecision;
            policy.Reestimate(traces, squares, meanSquaredError: 0.2);

            Evidence evidence = policy.Current;
            for (int g = 2; g < 4; g++) (evidence.Precisions[g] * squares[g]).Should().BeApproximately(evidence.EffectiveParameters[g], 1e-6);
            evidence.EffectiveParameters[2].Should().BeApproximately(3 - (policy.Penalty(2) * traces[2]), 1e-6);
            policy.NoisePrecision.Should().BeApproximately(before, 1e-9 * before);
            (policy.NoisePrecision * 100 * 0.2).Should().BeApproximately(100 - evidence.TotalEffectiveParameters, 1e-6);
        },
        iter: 50);

    [Fact]
    public void The_columns_lie_between_their_own_estimate_and_what_they_have_in_common()
    {
        EvidencePolicy policy = Policy();
        double[] squares = [4, 0.01, 1, 1, 1], traces = new double[5];
        for (int i = 0; i < 200; i++) policy.Reestimate(traces, squares, meanSquaredError: 0.2);

        // Without traces all three parameters of a column are effective.
        double pooled = 6 / 4.01;
        policy.Precision(0).Should().BeInRange(3 / 4.0, pooled);
        policy.Precision(1).Should().BeInRange(pooled, 3 / 0.01);
    }

    [Fact]
    public void A_re_estimate_takes_what_makes_the_evidence_stationary_within_limits()
    {
        EvidencePolicy policy = Policy();
        policy.Reestimate(new double[5], [1, 1, 1, 6, 1], meanSquaredError: 0.5);
        policy.Precision(3).Should().Be(3 / 6.0);
        policy.NoisePrecision.Should().Be((100 - 13) / 50.0);
        policy.Reestimate(new double[5], [1, 1, 1, 0, 1], meanSquaredError: 0);
        policy.Precision(3).Should().Be(1e6);
        policy.NoisePrecision.Should().Be(1e8);
    }

    [Fact]
    public void The_output_bias_keeps_its_precision_and_a_penalty_is_a_precision_over_the_noise_of_all_rows()
    {
        EvidencePolicy policy = Policy();
        double bias = policy.Precision(4);
        policy.Reestimate([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], meanSquaredError: 0.5);
        policy.Precision(4).Should().Be(bias);
        policy.Penalty(0).Should().Be(policy.Precision(0) / (policy.NoisePrecision * 100));
    }

    [Theory, InlineData(0), InlineData(1e-300), InlineData(1e300)]
    public void Residuals_and_weights_of_any_size_give_finite_positive_precisions(double size)
    {
        EvidencePolicy policy = Policy(rows: 2);
        for (int i = 0; i < 100; i++) policy.Reestimate([size, size, size, size, size], [size, size, size, size, size], size);
        policy.Current.TotalEffectiveParameters.Should().BeGreaterThan(0, "the record refuses numbers that are not finite");
    }

    [Fact]
    public void It_goes_on_from_what_it_was_given()
    {
        EvidencePolicy policy = Policy();
        policy.Reestimate([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], meanSquaredError: 0.5);
        var next = new EvidencePolicy(Groups, 100, policy.Current);
        policy.Reestimate([1, 1, 1, 1, 1], [2, 2, 2, 2, 2], 0.25);
        next.Reestimate([1, 1, 1, 1, 1], [2, 2, 2, 2, 2], 0.25);
        next.Current.Precisions.ToArray().Should().Equal(policy.Current.Precisions.ToArray());
        next.NoisePrecision.Should().Be(policy.NoisePrecision);
    }
}
