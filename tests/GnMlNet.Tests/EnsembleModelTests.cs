using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Tests;

/// <summary>Ensembles and their prediction intervals, used as one uses a stock trainer.</summary>
public class EnsembleModelTests
{
    private static readonly string[] Columns = ["Score", "Lower", "Upper", "StandardDeviation"];

    private readonly MLContext _context = new(seed: 1);

    private GaussNewtonRegressionTrainer Trainer(Action<GaussNewtonRegressionTrainer.Options>? set = null)
    {
        var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", NumberOfNetworks = 10, NumberOfHiddenUnits = 8, MaximumNumberOfIterations = 40, Seed = 5 };
        set?.Invoke(options);
        return _context.Regression.Trainers.GaussNewtonRegression(options);
    }

    private static float[][] All(ITransformer model, IDataView data)
    {
        IDataView scored = model.Transform(data);
        return [.. Columns.Select(name => scored.GetColumn<float>(name).ToArray())];
    }

    [Fact]
    public void The_columns_are_announced_and_give_what_the_ensemble_says()
    {
        IDataView data = _context.WithFeatures(Rows.Make(200, 1));
        var model = Trainer().Fit(data);
        // The chain asks every estimator for its output schema, so a trainer after ours sees the columns.
        var chain = Trainer(o => o.MaximumNumberOfIterations = 1).Append(_context.Transforms.Concatenate("All", Columns));
        chain.Fit(data).Transform(data).Schema.Should().Contain(column => column.Name == "All");
        model.Transform(data).Schema.Select(column => column.Name).Should().ContainInOrder(Columns);

        float[][] scored = All(model, data);
        NetworkEnsemble ensemble = model.Model.Ensemble!;
        int row = 0;
        foreach (VBuffer<float> features in data.GetColumn<VBuffer<float>>("Features"))
        {
            IntervalPrediction at = ensemble.PredictInterval([.. features.DenseValues()]);
            new[] { (float)at.Score, (float)at.Lower, (float)at.Upper, (float)at.StandardDeviation }.Should().Equal(scored.Select(column => column[row]));
            row++;
        }

        data.GetColumn<float>("Y").Where((y, j) => scored[1][j] <= y && y <= scored[2][j]).Count().Should().BeGreaterThan(180);
    }

    [Fact]
    public void A_column_of_the_data_can_be_read_beside_the_scores_without_the_features()
    {
        IDataView data = _context.Data.Cache(_context.WithFeatures(Rows.Make(50, 1)), "Y", "Features");
        IDataView scored = Trainer(o => o.MaximumNumberOfIterations = 1).Fit(data).Transform(data);
        scored.GetColumn<float>("Y").Should().Equal(data.GetColumn<float>("Y"));
        scored.GetColumn<float>("Upper").Should().HaveCount(50);
    }

    [Fact]
    public void Without_intervals_or_with_a_single_network_there_is_only_the_score()
    {
        IDataView data = _context.WithFeatures(Rows.Make(100, 1));
        foreach (GaussNewtonRegressionTrainer trainer in new[] { Trainer(o => o.Intervals = IntervalKind.None), Trainer(o => o.NumberOfNetworks = 1) })
        {
            trainer.Fit(data).Transform(data).Schema.Select(column => column.Name).Should().Contain("Score").And.NotContain("Lower").And.NotContain("StandardDeviation");
            trainer.Append(_context.Transforms.CopyColumns("Copy", "Lower")).Invoking(chain => chain.Fit(data)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Lower*");
        }
    }

    [Fact]
    public void Evaluate_CrossValidate_and_both_overloads_of_PermutationFeatureImportance_work_beside_the_intervals()
    {
        IDataView data = _context.Data.LoadFromEnumerable(Rows.Make(300, 1));
        var pipeline = _context.Transforms.Concatenate("Features", "A", "B", "C").Append(Trainer());
        _context.Regression.CrossValidate(data, pipeline, 3, "Y").Should().OnlyContain(fold => fold.Metrics.RSquared > 0.98);

        var model = pipeline.Fit(data);
        IDataView scored = model.Transform(data);
        _context.Regression.Evaluate(scored, "Y").RSquared.Should().BeGreaterThan(0.98);
        double[] generic = [.. _context.Regression.PermutationFeatureImportance(model.LastTransformer, scored, "Y").Select(m => m.RSquared.Mean)];
        generic[2].Should().BeGreaterThan(generic[0]).And.BeGreaterThan(generic[1], "C is noise, so permuting it costs least");
        _context.Regression.PermutationFeatureImportance(model, scored, "Y").MaxBy(entry => entry.Value.RSquared.Mean).Key.Should().Be("C");
        IReadOnlyList<double> relevance = model.LastTransformer.Model.Ensemble!.Relevance;
        relevance[2].Should().BeLessThan(relevance[0]).And.BeLessThan(relevance[1]);
    }

    [Fact]
    public void Batch_single_row_and_reloaded_predictions_agree_bit_for_bit_for_dense_and_sparse_rows()
    {
        List<Row> rows = Rows.Make(100, 1);
        rows.Add(new Row());
        IDataView data = _context.Data.LoadFromEnumerable(rows);
        var model = _context.Transforms.Concatenate("Features", "A", "B", "C").Append(Trainer()).Fit(data);
        float[][] batch = All(model, data);

        PredictionEngine<Row, Interval> engine = _context.Model.CreatePredictionEngine<Row, Interval>(model);
        Interval[] single = [.. rows.Select(row => { var interval = new Interval(); engine.Predict(row, ref interval); return interval; })];
        single.Select(at => at.Score).Should().Equal(batch[0]);
        single.Select(at => at.Lower).Should().Equal(batch[1]);
        single.Select(at => at.StandardDeviation).Should().Equal(batch[3]);

        using var file = new MemoryStream();
        _context.Model.Save(model, data.Schema, file);
        ITransformer loaded = new MLContext().Model.Load(file, out _);
        All(loaded, data).Should().BeEquivalentTo(batch, options => options.WithStrictOrdering());
        using var again = new MemoryStream();
        _context.Model.Save(loaded, data.Schema, again);
        All(new MLContext().Model.Load(again, out _), data).Should().BeEquivalentTo(batch, options => options.WithStrictOrdering());
    }

    [Fact]
    public void A_validation_set_chooses_the_iteration_and_a_warm_start_goes_on()
    {
        IDataView train = _context.WithFeatures(Rows.Make(100, 1)), validation = _context.WithFeatures(Rows.Make(100, 2));
        GaussNewtonRegressionModelParameters chosen = Trainer().Fit(train, validation).Model;
        chosen.TrainingHistory[chosen.BestIteration].ValidationError.Should().Be(chosen.TrainingHistory.Where(at => !double.IsNaN(at.ValidationError)).Min(at => at.ValidationError));

        void Few(GaussNewtonRegressionTrainer.Options o) => (o.MaximumNumberOfIterations, o.Kernel) = (12, null);
        GaussNewtonRegressionModelParameters few = Trainer(Few).Fit(train).Model;
        GaussNewtonRegressionModelParameters more = Trainer(Few).Fit(train, few).Model;
        more.TrainingHistory[0].MeanSquaredError.Should().BeLessThan(1.05 * few.TrainingHistory[few.BestIteration].MeanSquaredError).And.BeLessThan(0.5 * few.TrainingHistory[0].MeanSquaredError);
        Trainer(o => o.NumberOfNetworks = 1).Invoking(t => t.Fit(train, few)).Should().Throw<ArgumentException>().WithMessage("*10 networks*NumberOfNetworks, now 1*");
        Trainer(o => o.NumberOfHiddenUnits = 9).Invoking(t => t.Fit(train, few)).Should().Throw<ArgumentException>().WithMessage("*8 hidden units*NumberOfHiddenUnits, now 9*");
    }

    [Fact]
    public void Cancelling_keeps_nothing_and_stopping_keeps_the_ensemble_so_far()
    {
        IDataView data = _context.WithFeatures(Rows.Make(100, 1));
        using var cancel = new CancellationTokenSource();
        int last = -1;
        Trainer(o =>
        {
            o.CancellationToken = cancel.Token;
            o.Progress = new Listener(at => { last = at.Iteration; if (last == 4) cancel.Cancel(); });
        }).Invoking(t => t.Fit(data)).Should().Throw<OperationCanceledException>();
        last.Should().Be(4);

        using var stop = new CancellationTokenSource();
        GaussNewtonRegressionModelParameters model = Trainer(o =>
        {
            o.Kernel = null;
            o.StopToken = stop.Token;
            o.Progress = new Listener(at => { if (at.Iteration == 4) stop.Cancel(); });
        }).Fit(data).Model;
        model.Termination.Rule.Should().Be(StoppingRule.StoppedByCaller);
        model.Ensemble!.Members.Should().HaveCount(10);
    }

    [Fact]
    public void The_example_weight_column_weighs()
    {
        List<Row> rows = Rows.Make(200, 1);
        for (int j = 0; j < rows.Count; j++)
        {
            rows[j].Weight = j % 2 == 0 ? 1 : 1e-6f;
            if (j % 2 == 1) rows[j].Y += 100;
        }

        IDataView data = _context.WithFeatures(rows);
        float[][] scored = All(Trainer(o => o.ExampleWeightColumnName = "Weight").Fit(data), data);
        rows.Select((row, j) => (row, j)).Where(r => r.j % 2 == 0).Average(r => (double)Math.Abs(r.row.Y - scored[0][r.j])).Should().BeLessThan(0.3);
        scored[2].Zip(scored[1], (upper, lower) => upper - lower).Average().Should().BeLessThan(3, "rows without weight do not widen the intervals");
    }

    [Fact]
    public void An_ensemble_can_be_read_member_by_member()
    {
        IDataView data = _context.WithFeatures(Rows.Make(100, 1));
        GaussNewtonRegressionModelParameters model = Trainer(o => (o.IntervalLevel, o.Kernel) = (0.8, null)).Fit(data).Model;
        model.InputSize.Should().Be(3);
        model.Ensemble!.Intervals!.Level.Should().Be(0.8);
        model.Members.Should().HaveCount(10).And.Equal(model.Ensemble.Members);
        model.Members.OfType<NetworkMember>().Should().HaveCount(10).And.OnlyContain(member => member.Network.Shape.HiddenSize == 8 && member.Evidence != null && member.Leverage != null);
        Trainer(o => (o.L2Regularization, o.Kernel) = (0.001, null)).Fit(data).Model.Members.OfType<NetworkMember>().Should().HaveCount(10).And.OnlyContain(member => member.Evidence == null);
    }

    [Fact]
    public void Without_a_number_of_units_the_rows_decide()
    {
        IDataView few = _context.WithFeatures(Rows.Make(100, 1)), many = _context.WithFeatures(Rows.Make(3000, 1));
        int Units(IDataView data, int ensemble) => Trainer(o => { o.NumberOfHiddenUnits = null; o.Kernel = null; o.NumberOfNetworks = ensemble; o.MaximumNumberOfIterations = 1; }).Fit(data).Model.Members.OfType<NetworkMember>().First().Network.Shape.HiddenSize;
        (Units(few, 10), Units(many, 10), Units(few, 1), Units(many, 1)).Should().Be((30, 50, 30, 30));
    }

    [Fact]
    public void Options_out_of_their_range_are_refused_by_name()
    {
        void Refused(Action<GaussNewtonRegressionTrainer.Options> set, string message) => FluentActions.Invoking(() => Trainer(set)).Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
        Refused(o => o.NumberOfNetworks = 0, "*at least 1*NumberOfNetworks*");
        Refused(o => o.IntervalLevel = 1, "*below 1*IntervalLevel*");
        Refused(o => o.Intervals = (IntervalKind)7, "*Intervals*");
        Refused(o => o.NumberOfStarts = 3, "*NumberOfNetworks to 1*NumberOfStarts*");
        Refused(o => o.L2Regularization = -1, "*at least 0*L2Regularization*");
    }

    private sealed class Listener(Action<TrainingIteration> action) : IProgress<TrainingIteration>
    {
        public void Report(TrainingIteration value) => action(value);
    }

    private sealed class Interval
    {
        public float Score { get; set; }

        public float Lower { get; set; }

        public float Upper { get; set; }

        public float StandardDeviation { get; set; }
    }
}
