using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Tests;

/// <summary>The kernel block through the face of ML.NET.</summary>
public class KernelBlockTests
{
    private readonly MLContext _context = new(seed: 1);

    private GaussNewtonRegressionTrainer Trainer(Action<GaussNewtonRegressionTrainer.Options>? set = null)
    {
        var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", NumberOfNetworks = 4, NumberOfHiddenUnits = 4, MaximumNumberOfIterations = 12, Seed = 5 };
        set?.Invoke(options);
        return _context.Regression.Trainers.GaussNewtonRegression(options);
    }

    [Fact]
    public void Evaluate_CrossValidate_and_both_overloads_of_PermutationFeatureImportance_work_with_it()
    {
        IDataView data = _context.Data.LoadFromEnumerable(Rows.Make(200, 1));
        var pipeline = _context.Transforms.Concatenate("Features", "A", "B", "C").Append(Trainer());
        _context.Regression.CrossValidate(data, pipeline, 3, "Y").Should().OnlyContain(fold => fold.Metrics.RSquared > 0.98);
        var model = pipeline.Fit(data);
        model.LastTransformer.Model.Ensemble!.KernelWeight.Should().BePositive();
        IDataView scored = model.Transform(data);
        _context.Regression.Evaluate(scored, "Y").RSquared.Should().BeGreaterThan(0.98);
        double[] generic = [.. _context.Regression.PermutationFeatureImportance(model.LastTransformer, scored, "Y").Select(m => m.RSquared.Mean)];
        generic[2].Should().BeGreaterThan(generic[0]).And.BeGreaterThan(generic[1]);
        _context.Regression.PermutationFeatureImportance(model, scored, "Y").MaxBy(entry => entry.Value.RSquared.Mean).Key.Should().Be("C");
    }

    [Theory, InlineData(KernelForm.Exact), InlineData(KernelForm.ConjugateGradients), InlineData(KernelForm.Sparse)]
    public void Batch_single_row_and_reloaded_scores_are_the_same_bits_in_every_form(KernelForm form)
    {
        List<Row> rows = Noisy(150);
        rows.Add(new Row());
        IDataView data = _context.Data.LoadFromEnumerable(rows);
        var model = _context.Transforms.Concatenate("Features", "A", "B", "C").Append(Trainer(o => o.Kernel = new() { Form = form, Centres = 40, EvidenceRows = 60 })).Fit(data);
        model.LastTransformer.Model.Members.OfType<KernelMember>().Should().NotBeEmpty().And.OnlyContain(member => member.Form == form);
        float[] batch = model.Scores(data), upper = [.. model.Transform(data).GetColumn<float>("Upper")];
        PredictionEngine<Row, Prediction> engine = _context.Model.CreatePredictionEngine<Row, Prediction>(model);
        rows.Select(row => engine.Predict(row).Score).Should().Equal(batch);

        using var file = new MemoryStream();
        _context.Model.Save(model, data.Schema, file);
        ITransformer loaded = new MLContext().Model.Load(file, out _);
        loaded.Scores(data).Should().Equal(batch);
        loaded.Transform(data).GetColumn<float>("Upper").Should().Equal(upper);
    }

    [Fact]
    public void Indicators_of_a_text_column_share_a_rate_and_unseen_categories_are_scored()
    {
        string[] kinds = ["red", "green", "blue", "grey", "black"];
        var random = new Random(3);
        Coloured[] table = [.. Enumerable.Range(0, 240).Select(j =>
        {
            // Some are frequent, some are not.
            int kind = j < 5 ? j : (int)(5 * Math.Pow(random.NextDouble(), 2));
            float size = (float)random.NextDouble();
            return new Coloured { Size = size, Kind = kinds[kind], Y = (float)((3 * kind % 5) + Math.Sin(6 * size) + (0.3 * random.NextDouble())) };
        })];
        IDataView data = _context.Data.LoadFromEnumerable(table);
        var pipeline = _context.Transforms.Categorical.OneHotEncoding("Kind").Append(_context.Transforms.Concatenate("Features", "Size", "Kind")).Append(Trainer());
        var model = pipeline.Fit(data);
        NetworkEnsemble ensemble = model.LastTransformer.Model.Ensemble!;
        ensemble.InputSize.Should().Be(6);
        KernelMember[] block = [.. ensemble.Members.OfType<KernelMember>()];
        block.Should().NotBeEmpty();
        foreach (KernelMember member in block)
        {
            // Distances between standardized indicators become the same for all pairs of categories.
            RadialKernel kernel = member.Expansion.Kernel;
            double[] deviations = [.. ensemble.Maps[member.Map].Columns.Skip(1).Select(column => column.Scale.Deviation)];
            deviations.Distinct().Count().Should().BeGreaterThan(3);
            double laplace = kernel.LaplaceRates[1] / deviations[0], gaussian = kernel.GaussianRates[1] / deviations[0];
            for (int k = 0; k < 5; k++)
            {
                kernel.LaplaceRates[k + 1].Should().BeApproximately(laplace * deviations[k], 1e-12 * laplace);
                kernel.GaussianRates[k + 1].Should().BeApproximately(gaussian * deviations[k], 1e-12 * gaussian);
            }
        }

        _context.Regression.Evaluate(model.Transform(data), "Y").RSquared.Should().BeGreaterThan(0.95);
        IDataView unseen = _context.Data.LoadFromEnumerable([new Coloured { Size = 0.5f, Kind = "purple" }, new Coloured { Size = 0.5f, Kind = "" }]);
        model.Scores(unseen).Should().OnlyContain(score => float.IsFinite(score));
    }

    [Fact]
    public void Its_options_out_of_their_range_are_refused_by_name()
    {
        void Refused(KernelOptions kernel, string message) =>
            FluentActions.Invoking(() => Trainer(o => o.Kernel = kernel)).Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
        Refused(new() { Members = 0 }, "*Members*Kernel*");
        Refused(new() { Centres = 0 }, "*Centres*Kernel*");
        Refused(new() { EvidenceRows = -1 }, "*EvidenceRows*Kernel*");
        Refused(new() { Form = (KernelForm)9 }, "*Form*Kernel*");
    }

    [Fact]
    public void A_model_without_it_has_networks_alone_and_its_number_of_members_is_the_one_asked_for()
    {
        IDataView data = _context.WithFeatures(Noisy(100));
        Trainer(o => o.Kernel = null).Fit(data).Model.Members.Should().HaveCount(4).And.AllBeOfType<NetworkMember>();
        Trainer(o => o.Kernel = new() { Members = 3 }).Fit(data).Model.Members.OfType<KernelMember>().Should().HaveCount(3);
        Trainer(o => o.NumberOfNetworks = 1).Fit(data).Model.Members.Should().ContainSingle().Which.Should().BeOfType<NetworkMember>();
    }

    [Fact]
    public void A_warm_start_takes_networks_where_there_are_some_and_maps_where_there_are_none()
    {
        IDataView data = _context.WithFeatures(Rows.Make(100, 1));
        GaussNewtonRegressionModelParameters block = Trainer().Fit(data).Model;
        block.Members.Should().AllBeOfType<KernelMember>("the block has all the weight of a smooth table");
        GaussNewtonRegressionModelParameters next = Trainer(o => (o.NumberOfNetworks, o.NumberOfHiddenUnits) = (6, 9)).Fit(data, block).Model;
        next.Ensemble!.Label.Should().Be(block.Ensemble!.Label);
        Trainer(o => (o.NumberOfNetworks, o.Kernel) = (6, null)).Fit(data, block).Model.Members.Should().HaveCount(6);
        Trainer(o => o.NumberOfNetworks = 1).Invoking(t => t.Fit(data, block)).Should().Throw<ArgumentException>().WithMessage("*ensemble*NumberOfNetworks, now 1*");

        GaussNewtonRegressionModelParameters networks = Trainer(o => o.Kernel = null).Fit(data).Model;
        GaussNewtonRegressionModelParameters both = Trainer(o => o.MaximumNumberOfIterations = 0).Fit(data, networks).Model;
        both.TrainingHistory[0].MeanSquaredError.Should().BeLessThan(0.5 * Trainer(o => o.MaximumNumberOfIterations = 0).Fit(data).Model.TrainingHistory[0].MeanSquaredError);
    }

    [Fact]
    public void Validation_rows_weigh_it_and_example_weights_count_in_it()
    {
        // Half of the rows lie; only their weights say so.
        List<Row> rows = Rows.Make(200, 1);
        for (int j = 1; j < rows.Count; j += 2) (rows[j].Weight, rows[j].Y) = (1e-6f, rows[j].Y + 50);
        IDataView data = _context.WithFeatures(rows), validation = _context.WithFeatures(Rows.Make(100, 2));
        var model = Trainer(o => o.ExampleWeightColumnName = "Weight").Fit(data, validation);
        model.Model.Ensemble!.KernelWeight.Should().BePositive();
        _context.Regression.Evaluate(model.Transform(validation), "Y").MeanAbsoluteError.Should().BeLessThan(0.2);
    }

    [Theory, InlineData(TrainingStage.Evidence), InlineData(TrainingStage.Solution)]
    public void It_is_cancelled_within_its_stages_by_the_token_and_by_the_context(TrainingStage stage)
    {
        IDataView data = _context.WithFeatures(Rows.Make(100, 1));
        using var cancel = new CancellationTokenSource();
        var seen = new List<TrainingStage>();
        Trainer(o =>
        {
            o.CancellationToken = cancel.Token;
            o.StageProgress = new Listener(at => { seen.Add(at); if (at == stage) cancel.Cancel(); });
        }).Invoking(t => t.Fit(data)).Should().Throw<OperationCanceledException>();
        seen[^1].Should().Be(stage);

        Action cancelContext = typeof(MLContext).GetMethod("CancelExecution", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.CreateDelegate<Action>(_context);
        TrainingStage last = default;
        Trainer(o => o.StageProgress = new Listener(at => { last = at; if (at == stage) cancelContext(); })).Invoking(t => t.Fit(data)).Should().Throw<OperationCanceledException>();
        last.Should().Be(stage, "the context is asked before the next one");
    }

    [Fact]
    public void Memory_that_does_not_suffice_is_refused_with_the_options_to_change()
    {
        IDataView data = _context.WithFeatures(Rows.Make(300, 1));
        Trainer(o => o.MemoryLimit = 1_500_000).Invoking(t => t.Fit(data)).Should().Throw<InvalidOperationException>().WithMessage("*kernel block*MiB of memory; the limit is 1.4 MiB*Kernel = null*MemoryLimit*");
        Trainer(o => (o.MemoryLimit, o.Kernel) = (1_500_000, null)).Invoking(t => t.Fit(data)).Should().NotThrow();
    }

    [Fact]
    public void A_smooth_model_has_a_Gaussian_kernel_and_no_limit()
    {
        IDataView data = _context.WithFeatures(Rows.Make(100, 1));
        NetworkEnsemble ensemble = Trainer(o => o.Kernel = new() { Smooth = true }).Fit(data).Model.Ensemble!;
        ensemble.HasPlainMeans.Should().BeTrue();
        ensemble.Members.OfType<KernelMember>().Should().NotBeEmpty().And.OnlyContain(member => member.Expansion.Kernel.LaplaceVariance == 0);
        ensemble.Range.Should().Be(LabelRange.Unlimited);
    }

    [Fact]
    public void Rows_that_calibrate_intervals_are_asked_for_by_the_options()
    {
        IDataView data = _context.WithFeatures(Noisy(200)), few = _context.WithFeatures(Noisy(40));
        void HeldOut(GaussNewtonRegressionTrainer.Options o) => (o.Intervals, o.CalibrationFraction) = (IntervalKind.HeldOutRows, 0.2);
        Trainer(HeldOut).Fit(data).Transform(data).GetColumn<float>("Upper").Should().Contain(value => float.IsFinite(value));
        Trainer(HeldOut).Fit(few).Transform(few).GetColumn<float>("Upper").Should().OnlyContain(value => float.IsPositiveInfinity(value), "eight rows are too few for nine tenths");
        FluentActions.Invoking(() => Trainer(o => o.CalibrationFraction = 1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*CalibrationFraction*");
    }

    private static List<Row> Noisy(int count)
    {
        var random = new Random(7);
        List<Row> rows = Rows.Make(count, 1);
        foreach (Row row in rows) row.Y += (float)(2 * random.NextDouble());
        return rows;
    }

    private sealed class Listener(Action<TrainingStage> action) : IProgress<TrainingStage>
    {
        public void Report(TrainingStage value) => action(value);
    }

    private sealed class Coloured
    {
        public float Size { get; set; }

        public string Kind { get; set; } = "";

        public float Y { get; set; }
    }
}
