using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Tests;

/// <summary>The trainer of a single network used as one uses a stock trainer.</summary>
public class NativeTrainerTests
{
    private readonly MLContext _context = new(seed: 1);

    private GaussNewtonRegressionTrainer Trainer(Action<GaussNewtonRegressionTrainer.Options>? set = null)
    {
        var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", NumberOfNetworks = 1, NumberOfHiddenUnits = 8, Seed = 5 };
        set?.Invoke(options);
        return _context.Regression.Trainers.GaussNewtonRegression(options);
    }

    [Fact]
    public void It_learns_a_smooth_function_that_a_linear_model_cannot()
    {
        IDataView train = _context.WithFeatures(Rows.Make(400, 1)), test = _context.WithFeatures(Rows.Make(200, 2));
        double network = _context.Regression.Evaluate(Trainer().Fit(train).Transform(test), "Y").RSquared;
        double linear = _context.Regression.Evaluate(_context.Regression.Trainers.Sdca("Y").Fit(train).Transform(test), "Y").RSquared;
        network.Should().BeGreaterThan(0.99).And.BeGreaterThan(linear + 0.5);
    }

    [Fact]
    public void Normalizing_first_does_not_hurt()
    {
        List<Row> rows = Rows.Make(300, 1);
        IDataView plain = _context.WithFeatures(rows);
        IDataView normalized = _context.Transforms.NormalizeMeanVariance("Features").Fit(plain).Transform(plain);
        double Error(IDataView data) => _context.Regression.Evaluate(Trainer().Fit(data).Transform(data), "Y").RootMeanSquaredError;
        Error(normalized).Should().BeApproximately(Error(plain), 0.02 * Error(plain));
    }

    [Fact]
    public void The_score_column_is_announced_and_annotated_like_a_stock_trainers()
    {
        IDataView data = _context.WithFeatures(Rows.Make(100, 1));
        DataViewSchema.Column ours = Trainer().Fit(data).Transform(data).Schema["Score"];
        DataViewSchema.Column stock = _context.Regression.Trainers.Sdca("Y").Fit(data).Transform(data).Schema["Score"];
        ours.Type.Should().Be(stock.Type);
        ours.Annotations.Schema.Select(a => a.Name).Should().Equal(stock.Annotations.Schema.Select(a => a.Name));

        // The chain asks every estimator for its output schema, so a trainer after ours sees Score.
        var chain = Trainer().Append(_context.Transforms.CopyColumns("Copy", "Score"));
        chain.Fit(data).Transform(data).GetColumn<float>("Copy").Should().Equal(Trainer().Fit(data).Scores(data));
    }

    [Fact]
    public void CrossValidate_and_both_overloads_of_PermutationFeatureImportance_work()
    {
        IDataView data = _context.Data.LoadFromEnumerable(Rows.Make(400, 1));
        var pipeline = _context.Transforms.Concatenate("Features", "A", "B", "C").Append(Trainer());
        _context.Regression.CrossValidate(data, pipeline, 3, "Y").Should().OnlyContain(fold => fold.Metrics.RSquared > 0.98);

        var model = pipeline.Fit(data);
        IDataView scored = model.Transform(data);
        double[] generic = [.. _context.Regression.PermutationFeatureImportance(model.LastTransformer, scored, "Y").Select(m => m.RSquared.Mean)];
        generic[2].Should().BeGreaterThan(generic[0]).And.BeGreaterThan(generic[1], "C is noise, so permuting it costs least");
        var byName = _context.Regression.PermutationFeatureImportance(model, scored, "Y");
        byName.MaxBy(entry => entry.Value.RSquared.Mean).Key.Should().Be("C");
    }

    [Fact]
    public void Batch_and_single_row_prediction_agree_bit_for_bit_for_dense_and_sparse_rows()
    {
        List<Row> rows = Rows.Make(200, 1);
        rows.Add(new Row());
        IDataView data = _context.Data.LoadFromEnumerable(rows);
        var model = _context.Transforms.Concatenate("Features", "A", "B", "C").Append(Trainer()).Fit(data);
        PredictionEngine<Row, Prediction> engine = _context.Model.CreatePredictionEngine<Row, Prediction>(model);
        rows.Select(row => engine.Predict(row).Score).Should().Equal(model.Scores(data));
        engine.Predict(new Row()).Score.Should().Be((float)model.LastTransformer.Model.Members.OfType<NetworkMember>().Single().Network.Predict([0f, 0f, 0f]), "an all-zero row arrives sparse");
    }

    [Fact]
    public void A_DataFrame_is_training_input()
    {
        List<Row> rows = Rows.Make(200, 1);
        DataFrame frame = rows.ToFrame();
        var pipeline = _context.Transforms.Concatenate("Features", "A", "B", "C").Append(Trainer());
        pipeline.Fit(frame).Scores(frame).Should().Equal(pipeline.Fit(_context.Data.LoadFromEnumerable(rows)).Scores(_context.Data.LoadFromEnumerable(rows)));
    }

    [Fact]
    public void A_realistic_pipeline_trains_saves_reloads_and_predicts()
    {
        var random = new Random(3);
        string[] kinds = ["red", "green", "blue"];
        var table = Enumerable.Range(0, 300).Select(i => new House
        {
            Area = i % 10 == 0 ? float.NaN : (float)(50 + (100 * random.NextDouble())),
            Kind = kinds[i % 3],
            Rooms = i % 7,
            Price = (i % 3 * 50) + (i % 7 * 10) + (float)random.NextDouble(),
        }).ToArray();
        IDataView data = _context.Data.LoadFromEnumerable(table);
        var pipeline = _context.Transforms.ReplaceMissingValues("Area", replacementMode: Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode.Mean)
            .Append(_context.Transforms.Categorical.OneHotEncoding("Kind"))
            .Append(_context.Transforms.NormalizeMeanVariance("Area"))
            .Append(_context.Transforms.Concatenate("Features", "Area", "Rooms", "Kind"))
            .Append(_context.Regression.Trainers.GaussNewtonRegression("Price", numberOfHiddenUnits: 5));
        var model = pipeline.Fit(data);
        _context.Regression.Evaluate(model.Transform(data), "Price").RSquared.Should().BeGreaterThan(0.95);

        using var file = new MemoryStream();
        _context.Model.Save(model, data.Schema, file);
        ITransformer loaded = new MLContext().Model.Load(file, out DataViewSchema schema);
        schema.Select(column => column.Name).Should().Equal("Area", "Kind", "Rooms", "Price");
        loaded.Scores(data).Should().Equal(model.Scores(data));
        _context.Model.CreatePredictionEngine<House, Prediction>(loaded).Predict(table[0]).Score.Should().Be(model.Scores(data)[0]);
    }

    [Fact]
    public void A_wide_text_vector_trains_on_few_rows_or_is_refused_with_the_memory_and_the_options()
    {
        var random = new Random(1);
        var texts = Enumerable.Range(0, 60).Select(i => new Text { Words = string.Join(' ', Enumerable.Range(0, 400).Select(_ => $"w{random.Next(20_000)}")), Price = i }).ToArray();
        IDataView data = _context.Data.LoadFromEnumerable(texts);
        IDataView features = _context.Transforms.Text.FeaturizeText("Features", "Words").Fit(data).Transform(data);
        ((VectorDataViewType)features.Schema["Features"].Type).Size.Should().BeGreaterThan(10_000);

        // More parameters than any matrix of them would hold, but few rows: the dual form.
        float[] scores = _context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Price", NumberOfNetworks = 1, MaximumNumberOfIterations = 3 }).Fit(features).Scores(features);
        scores.Zip(texts, (score, text) => Math.Pow(score - text.Price, 2)).Average().Should().BeLessThan(30, "the mean of 0 to 59 would leave 300");

        Action cramped = () => _context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Price", MemoryLimit = 10_000_000 }).Fit(features);
        cramped.Should().Throw<InvalidOperationException>().WithMessage("*MiB of memory; the limit is 9.5 MiB*fewer features*MemoryLimit*");
        // A rate for each feature would be a matrix of their squares; networks alone take the dual form.
        Action wide = () => _context.Regression.Trainers.GaussNewtonRegression("Price").Fit(features);
        wide.Should().Throw<InvalidOperationException>().WithMessage("*evidence of the kernel block*iB of memory*Kernel = null*fewer features*");
        float[] ofEnsemble = _context.Regression.Trainers.GaussNewtonRegression(new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Price", NumberOfNetworks = 2, MaximumNumberOfIterations = 3, Kernel = null }).Fit(features).Scores(features);
        ofEnsemble.Zip(texts, (score, text) => Math.Pow(score - text.Price, 2)).Average().Should().BeLessThan(200);
    }

    [Fact]
    public void The_example_weight_column_weighs()
    {
        List<Row> rows = Rows.Make(100, 1);
        for (int j = 0; j < rows.Count; j++)
        {
            rows[j].Weight = j % 2 == 0 ? 1 : 1e-6f;
            if (j % 2 == 1) rows[j].Y += 100;
        }

        IDataView data = _context.WithFeatures(rows);
        float[] scores = Trainer(o => o.ExampleWeightColumnName = "Weight").Fit(data).Scores(data);
        rows.Select((row, j) => (row, j)).Where(r => r.j % 2 == 0).Average(r => (double)Math.Abs(r.row.Y - scores[r.j])).Should().BeLessThan(0.2);
    }

    [Fact]
    public void A_validation_set_stops_early_and_a_warm_start_continues()
    {
        IDataView train = _context.WithFeatures(Rows.Make(60, 1)), validation = _context.WithFeatures(Rows.Make(60, 2));
        var trainer = Trainer(o => { o.L2Regularization = 0; o.EarlyStoppingPatience = 3; o.NumberOfHiddenUnits = 15; });
        GaussNewtonRegressionModelParameters stopped = trainer.Fit(train, validation).Model;
        stopped.Termination.Rule.Should().Be(StoppingRule.ValidationPatience);
        stopped.TrainingHistory[stopped.BestIteration].ValidationError.Should().Be(stopped.TrainingHistory.Min(h => h.ValidationError));

        GaussNewtonRegressionModelParameters few = Trainer(o => o.MaximumNumberOfIterations = 5).Fit(train).Model;
        GaussNewtonRegressionModelParameters more = Trainer(o => o.MaximumNumberOfIterations = 5).Fit(train, few).Model;
        more.TrainingHistory[0].Loss.Should().BeApproximately(few.TrainingHistory[^1].Loss, 1e-9);
        more.TrainingHistory[^1].Loss.Should().BeLessThan(few.TrainingHistory[^1].Loss);

        Trainer().Invoking(t => t.Fit(train, stopped)).Should().Throw<ArgumentException>().WithMessage("*15 hidden units*NumberOfHiddenUnits*8*");
        Trainer(o => o.Activation = Activation.Logistic).Invoking(t => t.Fit(train, few)).Should().Throw<ArgumentException>().WithMessage("*Tanh*Logistic*");
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_for_one_thread_or_two_and_the_context_seed_counts_when_none_is_set()
    {
        float[] Scores(int contextSeed, int? seed, int threads)
        {
            var context = new MLContext(contextSeed);
            IDataView data = context.WithFeatures(Rows.Make(1500, 1));
            var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", Seed = seed, NumberOfThreads = threads, MaximumNumberOfIterations = 10, Kernel = new() { EvidenceRows = 150 } };
            return context.Regression.Trainers.GaussNewtonRegression(options).Fit(data).Scores(data);
        }

        Scores(1, 7, 1).Should().Equal(Scores(2, 7, 2));
        Scores(1, null, 1).Should().Equal(Scores(1, null, 2));
        Scores(1, null, 1).Should().NotEqual(Scores(2, null, 1));
    }

    [Fact]
    public async Task Two_trainers_on_two_threads_do_not_disturb_each_other()
    {
        IDataView data = _context.WithFeatures(Rows.Make(800, 1));
        float[] Train(int seed) => Trainer(o => { o.Seed = seed; o.MaximumNumberOfIterations = 15; }).Fit(data).Scores(data);
        float[][] alone = [Train(1), Train(2)];
        float[][] together = await Task.WhenAll(Task.Run(() => Train(1)), Task.Run(() => Train(2)));
        together[0].Should().Equal(alone[0]);
        together[1].Should().Equal(alone[1]);
    }

    [Fact]
    public void An_estimator_keeps_no_state_between_fits_and_ignores_later_changes_to_its_options()
    {
        IDataView data = _context.WithFeatures(Rows.Make(100, 1));
        var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", NumberOfNetworks = 1, NumberOfHiddenUnits = 4, Seed = 1 };
        GaussNewtonRegressionTrainer trainer = _context.Regression.Trainers.GaussNewtonRegression(options);
        float[] first = trainer.Fit(data).Scores(data);
        options.NumberOfHiddenUnits = 9;
        trainer.Fit(data).Scores(data).Should().Equal(first);
    }

    [Fact]
    public void The_log_tells_of_iterations_and_of_the_end_and_the_listener_of_every_iteration()
    {
        IDataView data = _context.WithFeatures(Rows.Make(100, 1));
        var seen = new List<TrainingIteration>();
        GaussNewtonRegressionModelParameters? model = null;
        List<string> log = _context.LogOf(() => model = Trainer(o => o.Progress = new Listener(seen.Add)).Fit(data).Model);
        log.Should().Contain(message => message.Contains("iteration 10: loss"));
        log.Should().ContainSingle(message => message.Contains($"Training ended by {model!.Termination}"));
        seen.Should().Equal(model!.TrainingHistory);
    }

    [Fact]
    public void Cancelling_stops_within_one_iteration_and_stopping_keeps_the_best_weights()
    {
        IDataView data = _context.WithFeatures(Rows.Make(100, 1));
        int last = -1;
        using var cancel = new CancellationTokenSource();
        Trainer(o =>
        {
            o.CancellationToken = cancel.Token;
            o.Progress = new Listener(iteration => { last = iteration.Iteration; if (last == 4) cancel.Cancel(); });
        }).Invoking(t => t.Fit(data)).Should().Throw<OperationCanceledException>();
        last.Should().Be(4);

        using var stop = new CancellationTokenSource();
        GaussNewtonRegressionModelParameters model = Trainer(o =>
        {
            o.StopToken = stop.Token;
            o.Progress = new Listener(iteration => { if (iteration.Iteration == 4) stop.Cancel(); });
        }).Fit(data).Model;
        model.Termination.Rule.Should().Be(StoppingRule.StoppedByCaller);
        model.TrainingHistory.Should().HaveCount(5);
    }

    [Fact]
    public void The_contexts_own_cancellation_stops_within_one_iteration()
    {
        IDataView data = _context.WithFeatures(Rows.Make(100, 1));
        int last = -1;
        Action cancel = typeof(MLContext).GetMethod("CancelExecution", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.CreateDelegate<Action>(_context);
        Trainer(o => o.Progress = new Listener(iteration => { last = iteration.Iteration; if (last == 4) cancel(); }))
            .Invoking(t => t.Fit(data)).Should().Throw<OperationCanceledException>();
        last.Should().Be(4);
    }

    [Fact]
    public void The_model_can_be_read()
    {
        IDataView data = _context.WithFeatures(Rows.Make(100, 1));
        GaussNewtonRegressionModelParameters model = Trainer(o => o.Activation = Activation.Logistic).Fit(data).Model;
        model.InputSize.Should().Be(3);
        model.Ensemble.Should().BeNull();
        Network network = model.Members.Should().ContainSingle().Which.Should().BeOfType<NetworkMember>().Subject.Network;
        network.Activation.Should().Be(Activation.Logistic);
        network.HiddenWeights.Length.Should().Be(24);
        network.HiddenBiases.Length.Should().Be(8);
        network.OutputWeights.Length.Should().Be(8);
        double.IsFinite(network.OutputBias).Should().BeTrue();
        model.LabelColumnName.Should().Be("Y");
        model.TrainingHistory.Should().HaveCountGreaterThan(2);
        Trainer().Info.NeedNormalization.Should().BeFalse();
        Trainer().Info.WantCaching.Should().BeFalse();
    }

    private sealed class Listener(Action<TrainingIteration> action) : IProgress<TrainingIteration>
    {
        public void Report(TrainingIteration value) => action(value);
    }

    private sealed class House
    {
        public float Area { get; set; }

        public string Kind { get; set; } = "";

        public float Rooms { get; set; }

        public float Price { get; set; }
    }

    private sealed class Text
    {
        public string Words { get; set; } = "";

        public float Price { get; set; }
    }
}
