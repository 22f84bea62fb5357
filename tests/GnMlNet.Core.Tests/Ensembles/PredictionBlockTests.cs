using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;

namespace GnMlNet.Core.Tests.Ensembles;

/// <summary>What must not matter to a prediction: which rows are predicted together with it, and what is asked for beside the score.</summary>
public class PredictionBlockTests
{
    private const int Rows = 230;

    private static readonly NetworkEnsemble Both = MakeOfBothKinds();
    private static readonly double[] Features = MakeFeatures();
    private static readonly IntervalPrediction[] Together = Predict(Both, 0, Rows);

    [Fact]
    public void A_row_has_the_same_bits_alone_and_in_any_block() => Gen.Select(Gen.Int[0, Rows - 1], Gen.Int[1, Rows]).Sample(
        (first, count) =>
        {
            int end = Math.Min(Rows, first + count);
            Predict(Both, first, end).Should().Equal(Together[first..end]);
            Both.PredictInterval(Row(first)).Should().Be(Together[first]);
        },
        iter: 30);

    [Fact]
    public void A_score_has_the_same_bits_with_and_without_its_interval()
    {
        for (int j = 0; j < Rows; j++) Both.Predict(Row(j)).Should().Be(Together[j].Score);
    }

    [Fact]
    public void A_row_of_single_precision_is_predicted_as_the_same_row_in_double()
    {
        var predictions = new IntervalPrediction[Rows];
        Both.PredictIntervals([.. Features.Select(feature => (float)feature)], predictions);
        predictions.Should().Equal(Together);
    }

    [Fact]
    public void Nothing_is_known_of_a_row_without_a_feature_while_its_neighbours_stay_as_they_are()
    {
        double[] features = [.. Features];
        int inputs = Both.InputSize;
        (features[7 * inputs], features[(100 * inputs) + 1]) = (double.NaN, double.PositiveInfinity);
        var predictions = new IntervalPrediction[Rows];
        Both.PredictIntervals(features, predictions);
        for (int j = 0; j < Rows; j++) predictions[j].Should().Be(j is 7 or 100 ? new IntervalPrediction(double.NaN, double.NaN, double.NaN, double.NaN) : Together[j]);
    }

    [Fact]
    public void As_many_rows_are_asked_for_as_there_are_features_for()
    {
        Action lacking = () => Both.PredictIntervals(Features.AsSpan(1), new IntervalPrediction[Rows]);
        lacking.Should().Throw<ArgumentException>().WithMessage($"*{Both.InputSize} features a row*");
        Both.PredictIntervals(ReadOnlySpan<double>.Empty, []);
    }

    private static double[] Row(int j) => Features[(j * Both.InputSize)..((j + 1) * Both.InputSize)];

    private static IntervalPrediction[] Predict(NetworkEnsemble ensemble, int first, int end)
    {
        var predictions = new IntervalPrediction[end - first];
        ensemble.PredictIntervals(Features.AsSpan(first * ensemble.InputSize, predictions.Length * ensemble.InputSize), predictions);
        return predictions;
    }

    // Halves of two ensembles of the same rows, whose maps are the same.
    private static NetworkEnsemble MakeOfBothKinds()
    {
        RegressionData data = FriedmanTables.Make(2, 250, 1);
        EnsembleOptions options = new() { Run = new() { HiddenUnits = 9, Threads = 2, Seed = 1 }, MaximumIterations = 20, Kernel = null };
        NetworkEnsemble networks = EnsembleTraining.Train(data, options).Ensemble, both = EnsembleTraining.Train(data, options with { Kernel = new() }).Ensemble;
        networks.Members.Should().OnlyContain(member => member.KeepsVariance);
        EnsembleMember[] members = [.. networks.Members, .. both.Members.OfType<KernelMember>()];
        members.OfType<KernelMember>().Should().Contain(member => member.Posterior != null);
        return new NetworkEnsemble(networks.Maps, members, networks.Label, networks.Range, 0.3) { Intervals = networks.Intervals };
    }

    // Numbers that single precision holds.
    private static double[] MakeFeatures() => [.. FriedmanTables.Make(2, Rows, 2).Inputs().Select(feature => (double)(float)feature)];
}
