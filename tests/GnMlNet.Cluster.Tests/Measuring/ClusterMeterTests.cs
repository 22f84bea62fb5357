using GnMlNet.Cluster.Costs;
using GnMlNet.Cluster.Measuring;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Tests.Measuring;

public class ClusterMeterTests
{
    [Fact]
    public async Task Everything_is_measured_and_what_the_model_makes_of_it_stands_beside_it()
    {
        const int silos = 2;
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(silos, ClusterMeter.PartWork);
        var meter = new ClusterMeter(cluster.Coordinator, silos, new MeasuringEffort(Repeats: 1, WarmUpSeconds: 0, AtOnce: 2));
        // Two parts: one of 64 inputs has 496 blocks of 256 rows.
        ClusterMeasurement first = await meter.Measure(rows: 130_000, inputs: 64, hiddenUnits: 1, doubles: 200_000, before: null);
        first.Parts.Should().Be(2);
        (first.Gradient.Rows, first.Gram.Rows, first.Sample.Rows).Should().Be((130_000, 130_000, 2 * 256));
        PassTimes[] passes = [first.Gradient, first.Gram, first.Sample];
        passes.Should().OnlyContain(pass => pass.Seconds > 0 && pass.CoreSeconds > 0 && pass.PredictedSeconds == null);
        ClusterRates rates = first.Rates;
        new[] { rates.CallSeconds, rates.CoordinatorSecondsOfCall, rates.BytesPerSecond, rates.GradientProductsPerSecond, rates.GramProductsPerSecond, rates.NumbersPerSecond, rates.SolvingProductsPerSecond }
            .Should().OnlyContain(rate => rate > 0 && double.IsFinite(rate));

        ClusterMeasurement second = await meter.Measure(rows: 130_000, inputs: 64, hiddenUnits: 1, doubles: 1000, before: rates);
        new[] { second.Gradient, second.Gram, second.Sample }.Should().OnlyContain(pass => pass.PredictedSeconds > 0);
    }

    [Fact]
    public async Task A_table_without_rows_is_refused_by_the_silo()
    {
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(1, ClusterMeter.PartWork);
        await FluentActions.Awaiting(() => cluster.Coordinator.OpenTableAsync(GeneratedRows.Kind, new GeneratedTable(0, 3).Description, 1)).Should().ThrowAsync<ClusterException>().WithMessage("*0 generated rows with 3 inputs*");
        await FluentActions.Awaiting(() => cluster.Coordinator.OpenTableAsync(GeneratedRows.Kind, new byte[] { 1 }, 1)).Should().ThrowAsync<ClusterException>().WithMessage("*there are 1 bytes*");
    }
}
