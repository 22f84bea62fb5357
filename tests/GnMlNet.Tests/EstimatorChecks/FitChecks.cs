using GnMlNet.Core.Ensembles;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Tests.EstimatorChecks;

/// <summary>Checks of what fitting does, and of what it leaves alone.</summary>
public class FitChecks : EstimatorCheck
{
    [Theory, MemberData(nameof(Kinds))]
    public void Check_estimator_cloneable(string kind)
    {
        // A trainer is made of its options: the same options make the same trainer, and changing them later changes none.
        GaussNewtonRegressionTrainer.Options options = OptionsOf(kind);
        GaussNewtonRegressionTrainer one = Context.Regression.Trainers.GaussNewtonRegression(options), other = Context.Regression.Trainers.GaussNewtonRegression(options);
        FieldsOf(OptionsWithin(one)).Should().Equal(FieldsOf(OptionsWithin(other))).And.Equal(FieldsOf(options));
        IDataView data = Context.WithFeatures(Rows.Make(40, 1));
        float[][] before = Say(one.Fit(data), data);
        (options.Seed, options.NumberOfHiddenUnits, options.LabelColumnName) = (7, 1, "Nothing");
        ShouldSayTheSame(Say(other.Fit(data), data), before);
    }

    [Fact]
    public void Check_parameters_default_constructible()
    {
        var options = new GaussNewtonRegressionTrainer.Options();
        Dictionary<string, object?> byName = FieldsOf(OptionsWithin(Context.Regression.Trainers.GaussNewtonRegression())), byOptions = FieldsOf(OptionsWithin(Context.Regression.Trainers.GaussNewtonRegression(options)));
        byName.Should().BeEquivalentTo(byOptions, "both ways have the same defaults");
        FieldsOf(options).Should().BeEquivalentTo(byOptions, "construction changes no option");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_estimators_overwrite_params(string kind)
    {
        GaussNewtonRegressionTrainer trainer = Trainer(kind);
        Dictionary<string, object?> before = FieldsOf(OptionsWithin(trainer));
        trainer.Fit(Context.WithFeatures(Rows.Make(30, 1)));
        FieldsOf(OptionsWithin(trainer)).Should().Equal(before);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_dont_overwrite_parameters(string kind)
    {
        GaussNewtonRegressionTrainer trainer = Trainer(kind);
        Dictionary<string, object?> Properties() => typeof(GaussNewtonRegressionTrainer).GetProperties().ToDictionary(property => property.Name, property => property.GetValue(trainer));
        Dictionary<string, object?> before = Properties();
        trainer.Fit(Context.WithFeatures(Rows.Make(30, 1)));
        Properties().Should().Equal(before, "what was learned is in the transformer");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_estimators_fit_returns_self(string kind)
    {
        // In ML.NET Fit returns a transformer; each fit one of its own.
        GaussNewtonRegressionTrainer trainer = Trainer(kind);
        IDataView data = Context.WithFeatures(Rows.Make(30, 1));
        RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> one = trainer.Fit(data), other = trainer.Fit(data);
        one.Should().NotBeSameAs(other);
        one.Model.Should().NotBeSameAs(other.Model);
        one.FeatureColumnName.Should().Be("Features");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_fit_idempotent(string kind)
    {
        IDataView data = Context.WithFeatures(Rows.Make(40, 1));
        GaussNewtonRegressionTrainer trainer = Trainer(kind);
        byte[] first = Bytes(trainer.Fit(data), data);
        Bytes(trainer.Fit(data), data).Should().Equal(first);
        Bytes(Trainer(kind).Fit(data), data).Should().Equal(first);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_dict_unchanged(string kind)
    {
        IDataView data = Context.WithFeatures(Rows.Make(40, 1));
        ITransformer model = Trainer(kind).Fit(data);
        byte[] before = Bytes(model, data);
        Say(model, Context.WithFeatures(Rows.Make(20, 2)));
        Bytes(model, data).Should().Equal(before, "predicting changes no model");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_readonly_memmap_input(string kind)
    {
        List<Row> rows = Rows.Make(30, 1), copy = Rows.Make(30, 1);
        IDataView data = Context.WithFeatures(rows);
        ITransformer model = Trainer(kind, o => o.ExampleWeightColumnName = "Weight").Fit(data);
        Say(model, data);
        rows.Should().BeEquivalentTo(copy, options => options.WithStrictOrdering());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_estimators_pickle(string kind)
    {
        IDataView data = Context.WithFeatures(Rows.Make(40, 1));
        ITransformer model = Trainer(kind).Fit(data);
        using var file = new MemoryStream();
        Context.Model.Save(model, data.Schema, file);
        ITransformer loaded = new MLContext().Model.Load(file, out _);
        ShouldSayTheSame(Say(loaded, data), Say(model, data));
        Bytes(loaded, data).Should().Equal(Bytes(model, data));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_estimators_unfitted(string kind)
    {
        // What is not fitted cannot be asked: a trainer has no method that predicts.
        object trainer = Trainer(kind);
        trainer.Should().NotBeAssignableTo<ITransformer>();
        typeof(GaussNewtonRegressionTrainer).GetMethods().Select(method => method.Name).Should().Contain("Fit").And.NotContain("Transform").And.NotContain("Predict");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_non_transformer_estimators_n_iter(string kind)
    {
        GaussNewtonRegressionModelParameters model = Trainer(kind).Fit(Context.WithFeatures(Rows.Make(40, 1))).Model;
        model.TrainingHistory.Select(at => at.Iteration).Should().Equal(Enumerable.Range(0, model.TrainingHistory.Count));
        model.TrainingHistory.Count.Should().BeInRange(2, 16, "the start, and at least one and at most 15 iterations");
        model.BestIteration.Should().BeInRange(0, 15);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_estimators_partial_fit_n_features(string kind)
    {
        // A warm start is what partial_fit is.
        GaussNewtonRegressionModelParameters model = Trainer(kind).Fit(Context.WithFeatures(Rows.Make(40, 1))).Model;
        IDataView two = Context.Data.LoadFromEnumerable(Rows.Make(40, 1));
        two = Context.Transforms.Concatenate("Features", "A", "B").Fit(two).Transform(two);
        Trainer(kind).Invoking(trainer => trainer.Fit(two, model)).Should().Throw<ArgumentException>().WithMessage("*takes 3 features; the data have 2*");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_valid_tag_types(string kind)
    {
        // What the trainer says of itself is true: it takes validation rows and initial models, and asks for neither a cache nor normalized features.
        GaussNewtonRegressionTrainer trainer = Trainer(kind);
        (trainer.Info.WantCaching, trainer.Info.NeedNormalization).Should().Be((false, false));
        IDataView data = Context.WithFeatures(Rows.Make(40, 1)), validation = Context.WithFeatures(Rows.Make(20, 2));
        Say(trainer.Fit(data, validation, trainer.Fit(data).Model), validation)[0].Should().OnlyContain(score => float.IsFinite(score));
    }

    [Fact]
    public void Check_set_params()
    {
        // An option out of its range is refused by name, keeps its value, and is no harm to the others.
        foreach ((string name, object value) in new (string, object)[]
        {
            ("NumberOfNetworks", 0), ("NumberOfNetworks", int.MinValue), ("Intervals", (IntervalKind)9), ("IntervalLevel", 0.0), ("IntervalLevel", double.NaN), ("CalibrationFraction", 1.0), ("NumberOfHiddenUnits", -3),
            ("L2Regularization", double.PositiveInfinity), ("MaximumNumberOfIterations", int.MinValue), ("GradientTolerance", double.NaN), ("StepTolerance", -1.0), ("LossTolerance", double.NegativeInfinity), ("ValidationFraction", -0.1),
            ("EarlyStoppingPatience", 0), ("NumberOfStarts", -1), ("NumberOfThreads", 0), ("MemoryLimit", 0L), ("AntiSymmetricInitialization", true),
        })
        {
            var options = new GaussNewtonRegressionTrainer.Options();
            System.Reflection.FieldInfo field = options.GetType().GetField(name)!;
            object? before = field.GetValue(options);
            field.SetValue(options, value);
            FluentActions.Invoking(() => Context.Regression.Trainers.GaussNewtonRegression(options)).Should().Throw<ArgumentException>().WithMessage($"*{name}*");
            field.GetValue(options).Should().Be(value);
            field.SetValue(options, before);
            FluentActions.Invoking(() => Context.Regression.Trainers.GaussNewtonRegression(options)).Should().NotThrow();
        }
    }
}
