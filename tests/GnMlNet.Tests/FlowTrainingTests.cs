using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Tests;

/// <summary>The paper's flow as a setting of the trainer.</summary>
public class FlowTrainingTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _data;

    public FlowTrainingTests() => _data = _context.WithFeatures(Rows.Make(80, 1));

    private static GaussNewtonRegressionTrainer.Options Options(Action<GaussNewtonRegressionTrainer.Options>? change = null)
    {
        var options = new GaussNewtonRegressionTrainer.Options
        {
            LabelColumnName = "Y",
            NumberOfHiddenUnits = 6,
            Seed = 3,
            Flow = new FlowOptions { ScalingFactor = 4, Damping = 0.01, Duration = 2, RecordSpectrum = true },
        };
        change?.Invoke(options);
        return options;
    }

    [Fact]
    public void A_flow_fits_in_a_pipeline_and_its_model_gives_the_network_of_the_paper_and_the_quantities_of_the_theory()
    {
        var points = new List<FlowPoint>();
        var pipeline = _context.Transforms.NormalizeMeanVariance("Features", fixZero: false)
            .Append(_context.Regression.Trainers.GaussNewtonRegression(Options(options => options.FlowProgress = new Listener(points.Add))));
        var model = pipeline.Fit(_data);
        GaussNewtonRegressionModelParameters parameters = model.LastTransformer.Model;

        parameters.Trajectory!.Points.Should().HaveCount(201).And.Equal(points);
        parameters.Trajectory.Points[^1].Loss.Should().BeLessThan(parameters.Trajectory.Points[0].Loss);
        parameters.Trajectory.Points.Should().OnlyContain(point => point.LargestEigenvalue > point.SmallestEigenvalue);
        parameters.TrainingHistory.Should().BeEmpty();
        NullifiedNetwork network = parameters.NullifiedNetwork!;
        (network.Scale, network.Initial.Shape).Should().Be((4.0, new NetworkShape(3, 6, HasBiases: false)));
        network.Weights.SequenceEqual(network.Initial.Weights).Should().BeFalse();
        parameters.Members.OfType<NetworkMember>().Single().Network.Shape.HiddenSize.Should().Be(12);

        // Its loss is the sum of squares of what the pipeline predicts.
        double squares = model.Transform(_data).GetColumn<float>("Score").Zip(_data.GetColumn<float>("Y"), (score, y) => Math.Pow(score - y, 2)).Sum();
        squares.Should().BeApproximately(parameters.Trajectory.Points[^1].Loss, 1e-4 * squares);
    }

    [Fact]
    public void A_saved_flow_is_the_same_bit_for_bit_after_loading()
    {
        foreach (bool antiSymmetric in new[] { false, true })
        {
            var transformer = _context.Regression.Trainers.GaussNewtonRegression(Options(options => options.AntiSymmetricInitialization = antiSymmetric)).Fit(_data);
            using var stream = new MemoryStream();
            _context.Model.Save(transformer, _data.Schema, stream);
            stream.Position = 0;
            var loaded = (RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>)new MLContext().Model.Load(stream, out _);

            loaded.Scores(_data).Should().Equal(transformer.Scores(_data));
            (Trajectory before, Trajectory after) = (transformer.Model.Trajectory!, loaded.Model.Trajectory!);
            after.Points.Should().Equal(before.Points);
            after.Options.Should().Be(before.Options with { Form = after.Options.Form });
            (after.End, after.RankLossTime).Should().Be((before.End, before.RankLossTime));
            loaded.Model.NullifiedNetwork!.Weights.SequenceEqual(transformer.Model.NullifiedNetwork!.Weights).Should().BeTrue();
            loaded.Model.NullifiedNetwork.Initial.Weights.SequenceEqual(transformer.Model.NullifiedNetwork.Initial.Weights).Should().BeTrue();
            loaded.Model.NullifiedNetwork.Initial.Signs.SequenceEqual(transformer.Model.NullifiedNetwork.Initial.Signs).Should().BeTrue();
            loaded.Model.Termination.Should().Be(transformer.Model.Termination);
        }
    }

    [Fact]
    public void Rank_deficiency_is_a_value_in_the_model_and_a_warning_in_the_log()
    {
        IDataView doubled = _context.Transforms.Concatenate("Features", "A", "A").Fit(_data).Transform(_data);
        GaussNewtonRegressionModelParameters? model = null;
        List<string> warnings = _context.LogOf(
            () => model = _context.Regression.Trainers.GaussNewtonRegression(Options(options => options.Flow = new FlowOptions())).Fit(doubled).Model,
            entry => entry.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning);
        (model!.Trajectory!.End, model.Trajectory.RankLossTime).Should().Be((FlowEnd.RankDeficient, 0.0));
        warnings.Should().ContainSingle(message => message.Contains("rank-deficient at time 0"));
    }

    [Fact]
    public void The_same_bits_for_one_thread_or_two_and_weights_count()
    {
        float[] Scores(int threads) => _context.Regression.Trainers.GaussNewtonRegression(Options(options => options.NumberOfThreads = threads)).Fit(_data).Scores(_data);
        Scores(1).Should().Equal(Scores(2));

        List<Row> rows = Rows.Make(80, 1);
        rows[0].Weight = 50;
        IDataView weighted = _context.WithFeatures(rows);
        double Error(string? weight) => Math.Abs(
            _context.Regression.Trainers.GaussNewtonRegression(Options(options => options.ExampleWeightColumnName = weight)).Fit(weighted).Scores(weighted)[0] - rows[0].Y);
        Error("Weight").Should().BeLessThan(Error(null));
    }

    public static TheoryData<string, Action<GaussNewtonRegressionTrainer.Options>> BadOptions => new()
    {
        { "ScalingFactor", options => options.Flow = new FlowOptions { ScalingFactor = 0 } },
        { "rho", options => options.Flow = new FlowOptions { Damping = 1.5 } },
        { "TimeStep", options => options.Flow = new FlowOptions { TimeStep = -1 } },
        { "NumberOfStarts", options => options.NumberOfStarts = 2 },
        { "ValidationFraction", options => options.ValidationFraction = 0.1 },
        { "NumberOfHiddenUnits", options => (options.AntiSymmetricInitialization, options.NumberOfHiddenUnits) = (true, 5) },
        { "AntiSymmetricInitialization", options => (options.AntiSymmetricInitialization, options.Flow) = (true, new FlowOptions()) },
        { "AntiSymmetricInitialization", options => (options.AntiSymmetricInitialization, options.Flow) = (true, null) },
    };

    [Theory, MemberData(nameof(BadOptions))]
    public void Options_that_do_not_go_together_are_refused_by_name(string name, Action<GaussNewtonRegressionTrainer.Options> change) =>
        FluentActions.Invoking(() => _context.Regression.Trainers.GaussNewtonRegression(Options(change))).Should().Throw<ArgumentException>().WithMessage($"*{name}*");

    [Fact]
    public void More_parameters_than_rows_without_damping_a_validation_set_and_a_warm_start_are_refused_with_the_reason()
    {
        IDataView few = _context.WithFeatures(Rows.Make(10, 1));
        GaussNewtonRegressionTrainer undamped = _context.Regression.Trainers.GaussNewtonRegression(Options(options => options.Flow = new FlowOptions()));
        FluentActions.Invoking(() => undamped.Fit(few)).Should().Throw<ArgumentException>().WithMessage("*18 parameters and 10 rows*Damping (rho) must be positive*");
        GaussNewtonRegressionTrainer trainer = _context.Regression.Trainers.GaussNewtonRegression(Options());
        FluentActions.Invoking(() => trainer.Fit(_data, _data)).Should().Throw<ArgumentException>().WithMessage("*validation set*");
        FluentActions.Invoking(() => trainer.Fit(_data, trainer.Fit(_data).Model)).Should().Throw<ArgumentException>().WithMessage("*initial model*");
    }

    [Fact]
    public void Cancelling_stops_within_a_step_and_stopping_keeps_the_flow_so_far()
    {
        using var source = new CancellationTokenSource();
        var listener = new Listener(point =>
        {
            if (point.Steps == 5) source.Cancel();
        });
        GaussNewtonRegressionTrainer cancelled = _context.Regression.Trainers.GaussNewtonRegression(
            Options(options => (options.FlowProgress, options.CancellationToken) = (listener, source.Token)));
        FluentActions.Invoking(() => cancelled.Fit(_data)).Should().Throw<OperationCanceledException>();

        GaussNewtonRegressionTrainer stopped = _context.Regression.Trainers.GaussNewtonRegression(Options(options => options.StopToken = new CancellationToken(true)));
        stopped.Fit(_data).Model.Trajectory!.End.Should().Be(FlowEnd.StoppedByCaller);
    }

    private sealed class Listener(Action<FlowPoint> report) : IProgress<FlowPoint>
    {
        public void Report(FlowPoint value) => report(value);
    }
}
