using GnMlNet.Cluster.Costs;

namespace GnMlNet.Cluster.Tests.Costs;

public class ScalingTests
{
    private static readonly TrainingTask s_task = new() { Rows = 10_000_000, Inputs = 10, HiddenUnits = 50, Iterations = 5, HeldIterations = 0 };
    private static readonly ClusterRates s_freeWires = new() { CallSeconds = 0, CoordinatorSecondsOfCall = 0, BytesPerSecond = double.PositiveInfinity };
    private static readonly ClusterSize s_cores = new() { Cores = 1, Threads = 1 };

    [Fact]
    public void Members_are_worth_a_silo_each_where_wires_cost_nothing()
    {
        var scaling = new Scaling(s_task, s_freeWires, s_cores, Spread.Members);
        scaling.PaysUpTo(1000).Should().Be(s_task.Members);
        scaling.Fastest(1000).Should().Be(s_task.Members);
    }

    [Theory]
    [InlineData(Spread.Rows)]
    [InlineData(Spread.Members)]
    public void Where_it_pays_no_longer_no_doubling_saves_a_tenth_and_before_one_does(Spread spread)
    {
        var scaling = new Scaling(s_task, new ClusterRates(), s_cores, spread);
        int pays = scaling.PaysUpTo(512);
        Saving(pays).Should().BeLessThanOrEqualTo(0.1);
        for (int silos = 2 * pays; silos <= 512; silos *= 2) Saving(silos).Should().BeLessThanOrEqualTo(0.1);
        // The number looked at before is at most a tenth less.
        if (pays > 1) Enumerable.Range((int)(pays / 1.2), pays - (int)(pays / 1.2)).Where(silos => silos > 0).Max(Saving).Should().BeGreaterThan(0.1);

        double Saving(int silos) => 1 - (scaling.With(2 * silos).Whole.Seconds / scaling.With(silos).Whole.Seconds);
    }

    [Fact]
    public void The_fastest_number_is_as_fast_as_any()
    {
        var scaling = new Scaling(s_task, new ClusterRates(), s_cores, Spread.Rows);
        double least = scaling.With(scaling.Fastest(100)).Whole.Seconds;
        foreach (int silos in new[] { 1, 2, 5, 11, 100 }) scaling.With(silos).Whole.Seconds.Should().BeGreaterThanOrEqualTo(least);
    }

    [Fact]
    public void Silos_that_cost_nothing_pay_as_far_as_there_are_parts_and_only_so_far()
    {
        ClusterRates passes = s_freeWires with { NumbersPerSecond = double.PositiveInfinity, SolvingProductsPerSecond = double.PositiveInfinity, GramProductsPerSecond = double.PositiveInfinity };
        var scaling = new Scaling(s_task with { Rows = 16 * 512 * 256 }, passes, s_cores, Spread.Rows);
        scaling.PaysUpTo(8).Should().Be(8, "twice as many are twice as fast");
        scaling.PaysUpTo(1000).Should().Be(16, "a part is not cut");
    }
}
