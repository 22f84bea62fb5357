using GnMlNet.Cluster.Costs;

namespace GnMlNet.Cluster.Tests.Costs;

public class PassCostsTests
{
    private static readonly TrainingTask s_task = new() { Rows = 8 * 512 * 256, Inputs = 10, HiddenUnits = 20 };
    private static readonly ClusterRates s_free = new() { CallSeconds = 0, CoordinatorSecondsOfCall = 0, BytesPerSecond = double.PositiveInfinity, NumbersPerSecond = double.PositiveInfinity };

    [Fact]
    public void Without_wires_and_calls_silos_share_a_pass_evenly_and_passes_at_once_take_turns()
    {
        var one = new PassCosts(s_task, s_free, silos: 1, atOnce: 1);
        var four = new PassCosts(s_task, s_free, silos: 4, atOnce: 1);
        four.Gradient.Should().BeApproximately(one.Gradient / 4, 1e-12);
        four.Gram.Should().BeApproximately(one.Gram / 4, 1e-12);
        new PassCosts(s_task, s_free, silos: 4, atOnce: 3).Gram.Should().BeApproximately(four.Gram, 1e-12);
    }

    [Fact]
    public void A_pass_over_all_rows_is_that_of_a_block_of_every_part_as_many_times_as_a_part_has_blocks() =>
        new PassCosts(s_task, s_free, silos: 2, atOnce: 1).Gram.Should().BeApproximately(512 * new PassCosts(s_task, s_free, silos: 2, atOnce: 1).Sample, 1e-9);

    [Fact]
    public void A_gradient_pass_of_a_network_that_trains_on_all_rows_is_the_one_of_training()
    {
        // A million members leave out next to nothing each.
        TrainingTask task = s_task with { Members = 1_000_001, Trials = 1, Iterations = 1, HeldIterations = 0 };
        ClusterRates rates = new() { SolvingProductsPerSecond = double.PositiveInfinity };
        CostTerms iteration = TrainingCost.Of(task, rates, new ClusterSize { Silos = 4, Cores = 1, CoordinatorCores = 1, Threads = 1 }, Spread.Rows).Iteration;
        var pass = new PassCosts(task, rates, silos: 4, atOnce: 1);
        (iteration.Seconds / task.Members).Should().BeInRange(pass.Gradient, pass.Gradient + pass.Gram);
    }
}
