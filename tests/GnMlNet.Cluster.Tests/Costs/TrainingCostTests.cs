using CsCheck;
using GnMlNet.Cluster.Costs;

namespace GnMlNet.Cluster.Tests.Costs;

public class TrainingCostTests
{
    private const double Rounding = 1e-12;

    private static readonly Gen<TrainingTask> s_tasks = Gen.Select(Gen.Double[2, 10], Gen.Int[1, 100], Gen.Int[1, 80], Gen.Int[2, 20], Gen.Int[0, 100], Gen.Int[0, 100], Gen.Double[1, 3])
        .Select((digits, inputs, units, members, iterations, held, trials) =>
            new TrainingTask { Rows = (long)Math.Pow(10, digits), Inputs = inputs, HiddenUnits = units, Members = members, Iterations = iterations, HeldIterations = held, Trials = trials });

    private static readonly Gen<ClusterRates> s_rates = Gen.Select(Gen.Double[0, 0.01], Gen.Double[0, 1e-3], Gen.Double[1e5, 1e10], Gen.Double[1e8, 1e11], Gen.Double[1e8, 1e11], Gen.Double[1e6, 1e10], Gen.Double[1e8, 1e11])
        .Select((call, overhead, bytes, gradient, gram, numbers, solving) => new ClusterRates
        {
            CallSeconds = call,
            CoordinatorSecondsOfCall = overhead,
            BytesPerSecond = bytes,
            GradientProductsPerSecond = gradient,
            GramProductsPerSecond = gram,
            NumbersPerSecond = numbers,
            SolvingProductsPerSecond = solving,
        });

    private static readonly Gen<ClusterSize> s_sizes = Gen.Select(Gen.Int[0, 1000], Gen.Double[0.2, 64], Gen.Double[0.2, 64], Gen.Int[1, 32])
        .Select((silos, cores, coordinator, threads) => new ClusterSize { Silos = silos, Cores = cores, CoordinatorCores = coordinator, Threads = threads });

    private static readonly Gen<(TrainingTask Task, ClusterRates Rates, ClusterSize Cluster, Spread Spread)> s_cases = Gen.Select(s_tasks, s_rates, s_sizes, Gen.OneOfConst(Spread.Rows, Spread.Members));

    /// <summary>Rates with which nothing but passes over rows takes time.</summary>
    private static readonly ClusterRates s_passesAlone = new()
    {
        CallSeconds = 0,
        CoordinatorSecondsOfCall = 0,
        BytesPerSecond = double.PositiveInfinity,
        NumbersPerSecond = double.PositiveInfinity,
        SolvingProductsPerSecond = double.PositiveInfinity,
    };

    [Fact]
    public void More_to_do_takes_no_less_time() => s_cases.Sample(
        at =>
        {
            double before = Seconds(at);
            foreach (TrainingTask more in new[]
            {
                at.Task with { Rows = 2 * at.Task.Rows },
                at.Task with { HiddenUnits = at.Task.HiddenUnits + 1 },
                at.Task with { Iterations = at.Task.Iterations + 1 },
                at.Task with { HeldIterations = at.Task.HeldIterations + 1 },
                at.Task with { Trials = at.Task.Trials + 1 },
            })
            {
                // A part more can fall to silos in another way, so that fewer vectors are sent; and of more rows the sample for the matrix, and the rows to begin with, may be few enough to be a sample.
                if ((more.Parts == at.Task.Parts || at.Cluster.Silos <= 1) && more.CurvatureRows >= at.Task.CurvatureRows && more.HeldRows >= at.Task.HeldRows) Seconds(at with { Task = more }).Should().BeGreaterThanOrEqualTo(before * (1 - Rounding), $"{more}");
            }
        },
        iter: 300);

    [Fact]
    public void Faster_machines_and_wires_take_no_more_time() => s_cases.Sample(
        at =>
        {
            double before = Seconds(at) * (1 + Rounding);
            foreach (ClusterRates faster in new[]
            {
                at.Rates with { CallSeconds = at.Rates.CallSeconds / 2 },
                at.Rates with { CoordinatorSecondsOfCall = at.Rates.CoordinatorSecondsOfCall / 2 },
                at.Rates with { BytesPerSecond = 2 * at.Rates.BytesPerSecond },
                at.Rates with { GradientProductsPerSecond = 2 * at.Rates.GradientProductsPerSecond },
                at.Rates with { GramProductsPerSecond = 2 * at.Rates.GramProductsPerSecond },
                at.Rates with { NumbersPerSecond = 2 * at.Rates.NumbersPerSecond },
                at.Rates with { SolvingProductsPerSecond = 2 * at.Rates.SolvingProductsPerSecond },
            })
                Seconds(at with { Rates = faster }).Should().BeLessThanOrEqualTo(before, $"{faster}");
            foreach (ClusterSize larger in new[] { at.Cluster with { Threads = at.Cluster.Threads + 1 }, at.Cluster with { CoordinatorCores = 2 * at.Cluster.CoordinatorCores }, at.Cluster with { Cores = 2 * at.Cluster.Cores } })
                Seconds(at with { Cluster = larger }).Should().BeLessThanOrEqualTo(before, $"{larger}");
        },
        iter: 300);

    [Fact]
    public void All_twice_as_fast_takes_half_the_time() => s_cases.Sample(
        at =>
        {
            ClusterRates rates = at.Rates, twice = new()
            {
                CallSeconds = rates.CallSeconds / 2,
                CoordinatorSecondsOfCall = rates.CoordinatorSecondsOfCall / 2,
                BytesPerSecond = 2 * rates.BytesPerSecond,
                GradientProductsPerSecond = 2 * rates.GradientProductsPerSecond,
                GramProductsPerSecond = 2 * rates.GramProductsPerSecond,
                NumbersPerSecond = 2 * rates.NumbersPerSecond,
                SolvingProductsPerSecond = 2 * rates.SolvingProductsPerSecond,
            };
            Seconds(at with { Rates = twice }).Should().BeApproximately(Seconds(at) / 2, Rounding * Seconds(at));
        },
        iter: 300);

    [Fact]
    public void Terms_are_never_negative_and_a_whole_is_its_parts() => s_cases.Sample(
        at =>
        {
            TrainingCost cost = Cost(at);
            foreach (CostTerms terms in new[] { cost.Iteration, cost.Judgement, cost.Beginning })
                new[] { terms.Passing, terms.Sending, terms.Calling, terms.Solving }.Should().OnlyContain(term => term >= 0);
            double whole = (at.Task.Iterations * cost.Iteration.Seconds) + cost.Beginning.Seconds;
            cost.Whole.Seconds.Should().BeGreaterThanOrEqualTo(whole * (1 - Rounding));
            if (at.Task.Iterations + at.Task.HeldIterations < 10) cost.Whole.Seconds.Should().BeApproximately(whole, Rounding * whole, "the first rung of the ladder is the tenth iteration");
        },
        iter: 300);

    [Fact]
    public void A_machine_alone_sends_and_calls_nothing() => s_cases.Sample(
        at =>
        {
            CostTerms alone = Cost(at with { Cluster = at.Cluster with { Silos = 0 } }).Whole;
            (alone.Sending, alone.Calling).Should().Be((0, 0));
        },
        iter: 100);

    [Fact]
    public void A_silo_that_trains_all_members_is_as_fast_as_such_a_machine_alone_where_wires_cost_nothing() => s_cases.Sample(
        at =>
        {
            int cores = (int)Math.Ceiling(at.Cluster.Cores);
            ClusterSize one = at.Cluster with { Silos = 1, Cores = cores, CoordinatorCores = cores, Threads = cores };
            ClusterRates free = at.Rates with { CallSeconds = 0, CoordinatorSecondsOfCall = 0, BytesPerSecond = double.PositiveInfinity };
            CostTerms there = Cost((at.Task, free, one, Spread.Members)).Iteration, here = Cost((at.Task, free, one with { Silos = 0 }, at.Spread)).Iteration;
            there.Seconds.Should().BeApproximately(here.Seconds, Rounding * here.Seconds);
        },
        iter: 100);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(64)]
    public void Where_nothing_but_passes_takes_time_silos_share_it_evenly(int silos)
    {
        TrainingTask task = new() { Rows = 64 * 512 * 256, Inputs = 10, HiddenUnits = 50 };
        task.Parts.Should().Be(64);
        ClusterSize one = new() { Silos = 1, Cores = 1, Threads = 1 };
        double alone = Seconds((task with { HeldIterations = 0 }, s_passesAlone, one, Spread.Rows));
        Seconds((task with { HeldIterations = 0 }, s_passesAlone, one with { Silos = silos }, Spread.Rows)).Should().BeApproximately(alone / silos, Rounding * alone);
    }

    [Fact]
    public void No_number_of_silos_beats_all_their_cores_together() => s_cases.Where(at => at.Cluster.Silos > 0).Sample(
        at =>
        {
            ClusterSize one = new() { Silos = 0, CoordinatorCores = 1, Threads = 1 };
            double core = Cost((at.Task, at.Rates with { SolvingProductsPerSecond = double.PositiveInfinity }, one, Spread.Rows)).Iteration.Passing;
            Cost(at).Iteration.Seconds.Should().BeGreaterThanOrEqualTo(core / (at.Cluster.Silos * at.Cluster.Cores) * (1 - Rounding));
        },
        iter: 300);

    [Fact]
    public void Where_nothing_but_the_wire_takes_time_an_iteration_is_its_bytes()
    {
        // One silo holds the whole tree, whose vector is sent once.
        TrainingTask task = new() { Rows = 1_000_000, Inputs = 4, HiddenUnits = 3, Trials = 1.5 };
        ClusterRates wire = s_passesAlone with { BytesPerSecond = 1000, GradientProductsPerSecond = double.PositiveInfinity, GramProductsPerSecond = double.PositiveInfinity };
        const int parameters = (3 * (4 + 2)) + 1, triangle = parameters * (parameters + 1) / 2;
        double numbers = (1.5 * (parameters + parameters + 1)) + parameters + triangle;
        CostTerms iteration = Cost((task, wire, new ClusterSize { Silos = 1, Threads = 3 }, Spread.Rows)).Iteration;
        iteration.Sending.Should().BeApproximately(10 * 8 * numbers / 1000, 1e-9);
        iteration.Should().Be(new CostTerms(0, iteration.Sending, 0, 0));
    }

    [Fact]
    public void Passes_alone_cost_as_much_a_row_however_many_there_are()
    {
        ClusterSize size = new() { Silos = 1 };
        TrainingTask task = new() { Rows = 100_000_000, Inputs = 10, HiddenUnits = 50, HeldIterations = 0 };
        // The sample of the Gram pass does not grow.
        ClusterRates rates = s_passesAlone with { GramProductsPerSecond = double.PositiveInfinity };
        double gram = rates.GradientProductsPerSecond, ofSample = 10 * task.CurvatureRows * task.GradientProducts / gram / 2;
        double seconds = Cost((task, rates, size, Spread.Rows)).Iteration.Seconds - ofSample, ofTen = Cost((task with { Rows = 10 * task.Rows }, rates, size, Spread.Rows)).Iteration.Seconds - ofSample;
        ofTen.Should().BeApproximately(10 * seconds, 1e-9 * ofTen);
    }

    [Fact]
    public void Silos_beyond_the_members_have_none_to_train() => s_cases.Sample(
        at =>
        {
            CostTerms Iteration(int silos) => Cost(at with { Cluster = at.Cluster with { Silos = silos }, Spread = Spread.Members }).Iteration;
            Iteration(at.Task.Members + 7).Should().Be(Iteration(at.Task.Members));
        },
        iter: 100);

    [Fact]
    public void The_least_cost_is_that_of_one_spread_and_no_more_than_the_other() => s_cases.Sample(
        at =>
        {
            TrainingCost least = TrainingCost.Least(at.Task, at.Rates, at.Cluster);
            least.Should().Be(Cost(at with { Spread = least.Spread }));
            least.Whole.Seconds.Should().BeLessThanOrEqualTo(Seconds(at));
        },
        iter: 100);

    [Fact]
    public void Figures_out_of_range_are_named()
    {
        TrainingTask task = new() { Rows = 100, Inputs = 1, HiddenUnits = 1 };
        FluentActions.Invoking(() => TrainingCost.Of(task with { Rows = 0 }, new ClusterRates(), new ClusterSize(), Spread.Rows)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Rows*");
        FluentActions.Invoking(() => TrainingCost.Of(task, new ClusterRates { BytesPerSecond = double.NaN }, new ClusterSize(), Spread.Rows)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*BytesPerSecond*");
        FluentActions.Invoking(() => TrainingCost.Of(task, new ClusterRates(), new ClusterSize { Cores = 0 }, Spread.Rows)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Cores*");
    }

    private static TrainingCost Cost((TrainingTask Task, ClusterRates Rates, ClusterSize Cluster, Spread Spread) at) => TrainingCost.Of(at.Task, at.Rates, at.Cluster, at.Spread);

    private static double Seconds((TrainingTask Task, ClusterRates Rates, ClusterSize Cluster, Spread Spread) at) => Cost(at).Whole.Seconds;
}
