using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Ensembles;

public class RowGrowthTests
{
    [Theory]
    [InlineData(49_999, 10, 49_999)]
    [InlineData(50_000, 10, 25_000)]
    [InlineData(1_000_000, 601, 25_000)]
    [InlineData(1_000_000, 5_000, 100_000)]
    [InlineData(150_000, 5_000, 150_000)]
    public void It_begins_with_some_rows_only_where_there_are_many_for_the_parameters(int rows, long parameters, int first) => new RowGrowth(rows, parameters).Rows.Should().Be(first);

    [Fact]
    public void Rows_never_become_fewer_and_are_doubled_or_all_of_them() => Gen.Select(Gen.Int[50_000, 2_000_000], Gen.Double[0.5, 1.5].Array[1, 60], Gen.Bool.Array[60]).Sample((rows, errors, isLast) =>
    {
        var growth = new RowGrowth(rows, 100);
        double best = double.PositiveInfinity, bestOfFewer = double.PositiveInfinity;
        for (int k = 0; k < errors.Length; k++)
        {
            int before = growth.Rows;
            bool grows = growth.Judge(errors[k], isLast[k]);
            best = Math.Min(best, errors[k]);
            growth.Rows.Should().Be(!grows ? before : 4L * before > rows ? rows : 2 * before);
            if (growth.Rows == rows) growth.IsSettled.Should().BeTrue();
            if (!grows) continue;
            best.Should().BeLessThan(bestOfFewer, "rows are doubled again only where the last doubling paid");
            (bestOfFewer, best) = (best, double.PositiveInfinity);
        }
    });

    [Fact]
    public void While_the_error_falls_rows_stay_and_where_it_does_not_they_grow()
    {
        var growth = new RowGrowth(1_000_000, 100);
        for (int k = 0; k < 20; k++) growth.Judge(Math.Pow(0.9, k), isLast: false).Should().BeFalse();
        growth.Judge(Math.Pow(0.9, 19), isLast: false).Should().BeTrue();
        growth.Rows.Should().Be(50_000);
        // The first rung with more rows is compared with no other.
        growth.Judge(0.1, isLast: false).Should().BeFalse();
        growth.Judge(0.1, isLast: false).Should().BeTrue();
    }

    [Fact]
    public void Where_doubling_does_not_pay_the_number_settles_below_all_rows()
    {
        var growth = new RowGrowth(1_000_000, 100);
        foreach (bool grows in new[] { false, true, false }) growth.Judge(0.5, isLast: false).Should().Be(grows);
        growth.IsSettled.Should().BeTrue();
        growth.Judge(0.5, isLast: true).Should().BeFalse();
        growth.Rows.Should().Be(50_000);
    }

    [Fact]
    public void Without_left_out_rows_nothing_grows() => new RowGrowth(1_000_000, 100).Judge(double.NaN, isLast: true).Should().BeFalse();

    [Fact]
    public void A_member_that_grows_goes_on_as_one_that_begins_there_with_as_many_rows()
    {
        RegressionData raw = Problems.NoisyTable(900, 2, 3), rows = FeatureMap.Plain(Standardization.Measure(raw)).Map(raw, Standardization.Measure(raw).Label, new WorkSharing(1));
        int[] training = [.. Enumerable.Range(0, 800)], leftOut = [.. Enumerable.Range(800, 100)];
        TrainingOptions options = new EnsembleOptions().MemberOptions(4);
        MemberTraining Member(int count) => new(new HeldMemberRows(0, rows, training, leftOut), options, new TrainingControl(), count);
        MemberTraining growing = Member(200);
        growing.Begin(Initialization.Draw(new NetworkShape(2, 4), new Random(1)), null);
        for (int i = 0; i < 20; i++) growing.Advance();
        NetworkMember state = growing.Current();
        growing.Grow(800);
        MemberTraining fresh = Member(800);
        fresh.Begin(state.Network.Parameters.ToArray(), state.Evidence);
        growing.Latest.Should().Be(fresh.Latest);
        for (int i = 0; i < 12; i++)
        {
            growing.Advance();
            fresh.Advance();
        }

        growing.Current().Network.Parameters.ToArray().Should().Equal(fresh.Current().Network.Parameters.ToArray());
    }

    [Fact]
    public void A_table_of_many_rows_is_learnt_with_some_of_them_and_the_same_bits_on_any_number_of_threads()
    {
        RegressionData data = FriedmanTables.Make(1, 60_000, seed: 3);
        EnsembleOptions options = new() { Run = new() { HiddenUnits = 6, Seed = 1, Threads = 2 }, Members = 4, MaximumIterations = 40, Kernel = null, Intervals = IntervalKind.None };
        EnsembleResult result = EnsembleTraining.Train(data, options);
        result.History[10].CurvatureRows.Should().BeLessThanOrEqualTo(25_000);
        NetworkEnsemble one = EnsembleTraining.Train(data, options with { Run = options.Run with { Threads = 1 } }).Ensemble;
        double[] x = [0.3, 0.4, 0.5, 0.6, 0.7, 0.1, 0.2, 0.3, 0.4, 0.5];
        one.Predict(x).Should().Be(result.Ensemble.Predict(x));
        RegressionData test = FriedmanTables.Make(1, 2_000, seed: 1003);
        Math.Sqrt(Problems.Rows(test).Average(row => Math.Pow(result.Ensemble.Predict(row.Features) - row.Label, 2))).Should().BeLessThan(1.2, "the noise is 1");
    }
}
