using GnMlNet.Core.Ensembles;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace GnMlNet.Tests;

/// <summary>Rows that belong together, by a column of the data view.</summary>
public class GroupTests
{
    private readonly MLContext _context = new(seed: 1);

    private GaussNewtonRegressionTrainer Trainer(string? group, Action<GaussNewtonRegressionTrainer.Options>? set = null)
    {
        var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", GroupColumnName = group, NumberOfNetworks = 10, NumberOfHiddenUnits = 4, MaximumNumberOfIterations = 12, Seed = 1 };
        set?.Invoke(options);
        return _context.Regression.Trainers.GaussNewtonRegression(options);
    }

    /// <summary>Rows of groups with an offset each.</summary>
    private static GroupedRow[] Make(int groups, int rowsOfGroup, int seed, double offset = 1)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, groups).SelectMany(group =>
        {
            double shift = offset * Normal();
            // What groups have in common says which group a row is of.
            float own = (float)Normal();
            return Enumerable.Range(0, rowsOfGroup).Select(_ => new GroupedRow { Group = group, A = own, B = (float)Normal(), C = (float)Normal() }).Select(row =>
            {
                row.Y = (float)(Math.Sin(row.B) + shift + (0.1 * Normal()));
                return row;
            });
        })];
    }

    private IDataView View(IEnumerable<GroupedRow> rows)
    {
        IDataView data = _context.Data.LoadFromEnumerable(rows);
        return _context.Transforms.Concatenate("Features", "A", "B", "C").Fit(data).Transform(data);
    }

    [Fact]
    public void Whatever_the_type_of_the_column_equal_values_are_one_group()
    {
        GroupedRow[] rows = Make(12, 5, 1);
        foreach (GroupedRow row in rows)
        {
            (row.Text, row.Float, row.Double, row.Byte, row.Long) = ($"group {row.Group}", row.Group / 7f, -row.Group, (byte)row.Group, 5_000_000_000L - row.Group);
            row.Time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(row.Group);
        }

        IDataView data = View(rows);
        data = _context.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(data).Transform(data);
        float[] expected = Trainer("Group").Fit(data).Scores(data);
        expected.Should().NotEqual(Trainer(null).Fit(data).Scores(data));
        foreach (string column in new[] { "Text", "Float", "Double", "Byte", "Long", "Time", "Key" }) Trainer(column).Fit(data).Scores(data).Should().Equal(expected, column);
    }

    [Fact]
    public void Groups_of_one_row_and_missing_groups_change_no_bit()
    {
        GroupedRow[] rows = Make(60, 1, 2);
        for (int j = 0; j < rows.Length; j++) (rows[j].Text, rows[j].Float, rows[j].Group) = ("", float.NaN, (7 * j) % 60);
        IDataView data = View(rows);
        data = _context.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(data).Transform(data);
        foreach (IntervalKind kind in new[] { IntervalKind.Ensemble, IntervalKind.HeldOutRows })
        {
            void Set(GaussNewtonRegressionTrainer.Options o) => (o.Intervals, o.ValidationFraction) = (kind, 0.2);
            var without = Trainer(null, Set).Fit(data);
            foreach (string column in new[] { "Group", "Text", "Float", "Key" })
            {
                var model = Trainer(column, Set).Fit(data);
                model.Scores(data).Should().Equal(without.Scores(data), column);
                model.Transform(data).GetColumn<float>("Upper").Should().Equal(without.Transform(data).GetColumn<float>("Upper"), column);
            }
        }
    }

    [Fact]
    public void The_model_needs_no_group_column_to_predict_and_neither_do_validation_rows()
    {
        IDataView data = View(Make(12, 5, 1)), other = _context.WithFeatures(Rows.Make(20, 1));
        Trainer("Text").Fit(View(Make(12, 5, 1))).Scores(other).Should().OnlyContain(score => float.IsFinite(score));
        Trainer("Group").Fit(data, other).Scores(other).Should().OnlyContain(score => float.IsFinite(score));
        other.Schema.GetColumnOrNull("Group").Should().BeNull();
    }

    [Fact]
    public void CrossValidate_by_the_same_column_tests_each_model_on_groups_that_it_has_not_seen()
    {
        // The features of a group are its own, so that a model that has seen some of its rows knows the label of the others.
        IDataView data = _context.Data.LoadFromEnumerable(Make(40, 5, 3, offset: 3).Select(row =>
        {
            (row.B, row.C) = (0, 0);
            return row;
        }));
        var pipeline = _context.Transforms.Concatenate("Features", "A", "B", "C").Append(Trainer("Group"));
        double Error(string? sampling) => _context.Regression.CrossValidate(data, pipeline, 3, "Y", sampling, seed: 1).Average(fold => fold.Metrics.RootMeanSquaredError);
        Error("Group").Should().BeGreaterThan(1.3 * Error(null));
    }

    [Fact]
    public void A_validation_split_of_a_single_network_cuts_no_group()
    {
        // With copies of a row in both parts the validation error would fall as long as the loss does.
        GroupedRow[] rows = [.. Make(8, 1, 3).SelectMany(row => Enumerable.Repeat(row, 10))];
        IDataView data = View(rows);
        GaussNewtonRegressionModelParameters Fit(string? group) => Trainer(group, o => (o.NumberOfNetworks, o.ValidationFraction, o.NumberOfHiddenUnits) = (1, 0.25, 10)).Fit(data).Model;
        double Validation(string? group) => Fit(group).TrainingHistory.Min(at => at.ValidationError);
        Validation("Group").Should().BeGreaterThan(10 * Validation(null));
    }

    [Fact]
    public void Too_few_groups_and_columns_that_are_none_are_refused_by_name()
    {
        IDataView one = View(Make(1, 30, 1)), two = View(Make(2, 15, 1));
        void Refused(IDataView data, string group, string message, Action<GaussNewtonRegressionTrainer.Options>? set = null) =>
            Trainer(group, set).Invoking(t => t.Fit(data)).Should().Throw<ArgumentException>().WithMessage(message);
        Refused(one, "Group", "*30 rows*1 group *'Group'*at least 2*GroupColumnName*");
        Refused(two, "Group", "*2 groups*at least 3*", o => o.ValidationFraction = 0.2);
        Refused(two, "Group", "*2 groups*at least 4*", o => (o.ValidationFraction, o.Intervals) = (0.9, IntervalKind.HeldOutRows));
        Refused(one, "Group", "*1 group *at least 2*", o => (o.ValidationFraction, o.NumberOfNetworks) = (0.2, 1));
        Refused(one, "Specimen", "*no group column 'Specimen'*GroupColumnName*");
        Refused(one, "Features", "*group column 'Features'*Vector*GroupColumnName*");
        Trainer("Specimen").Append(_context.Transforms.CopyColumns("Copy", "Score")).Invoking(chain => chain.Fit(one)).Should().Throw<ArgumentException>().WithMessage("*'Specimen'*");
        Trainer("Group", o => o.NumberOfNetworks = 1).Fit(one).Scores(one).Should().OnlyContain(score => float.IsFinite(score), "a single network leaves nothing out");
    }

    [Theory, InlineData(2), InlineData(3), InlineData(8), InlineData(9)]
    public void Fewer_groups_than_folds_are_a_fold_each_and_too_few_for_the_level_give_infinite_intervals_and_a_warning(int groups)
    {
        IDataView data = View(Make(groups, 10, 1));
        RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>? model = null;
        List<string> warnings = _context.LogOf(() => model = Trainer("Group").Fit(data), entry => entry.Kind == ChannelMessageKind.Warning);
        float[] scores = model!.Scores(data), upper = [.. model!.Transform(data).GetColumn<float>("Upper")];
        scores.Should().OnlyContain(score => float.IsFinite(score));
        // The level 0.9 needs 9 examples: of n and a new one each is the greatest equally often.
        upper.All(float.IsPositiveInfinity).Should().Be(groups < 9);
        if (groups == 9) warnings.Should().BeEmpty();
        else warnings.Should().ContainSingle().Which.Should().Contain($"there are {groups}").And.Contain("needs 9 groups").And.Contain("IntervalLevel");
        model!.Transform(data).GetColumn<float>("StandardDeviation").Should().OnlyContain(deviation => float.IsFinite(deviation));
        if (groups < 3) return;
        double lower = (groups / (groups + 1.0)) - 0.01;
        Trainer("Group", o => o.IntervalLevel = lower).Fit(data).Transform(data).GetColumn<float>("Upper").Should().Contain(value => float.IsFinite(value), "the way out of the warning");
    }

    private sealed class GroupedRow
    {
        public int Group { get; set; }

        public string Text { get; set; } = "";

        public float Float { get; set; }

        public double Double { get; set; }

        public byte Byte { get; set; }

        public long Long { get; set; }

        public DateTime Time { get; set; }

        public float A { get; set; }

        public float B { get; set; }

        public float C { get; set; }

        public float Y { get; set; }
    }
}
