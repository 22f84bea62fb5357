using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Tests.EstimatorChecks;

/// <summary>
/// What scikit-learn's <c>check_estimator</c> asks of a regressor, asked of this trainer in ML.NET's terms: tests are named after its checks.
/// docs/estimator-checks.md says which of them cannot be asked, and why.
/// </summary>
public abstract class EstimatorCheck
{
    private static readonly string[] Columns = ["Score", "Lower", "Upper", "StandardDeviation"];

    public static TheoryData<string> Kinds => ["an ensemble", "networks alone", "a single network"];

    private protected MLContext Context { get; } = new(seed: 1);

    private protected static GaussNewtonRegressionTrainer.Options OptionsOf(string kind) => new()
    {
        LabelColumnName = "Y",
        NumberOfNetworks = kind == "a single network" ? 1 : 2,
        Kernel = kind == "an ensemble" ? new() { Members = 2, Centres = 50, EvidenceRows = 50 } : null,
        NumberOfHiddenUnits = 4,
        MaximumNumberOfIterations = 15,
        NumberOfThreads = 1,
        Seed = 1,
    };

    private protected GaussNewtonRegressionTrainer Trainer(string kind, Action<GaussNewtonRegressionTrainer.Options>? set = null)
    {
        GaussNewtonRegressionTrainer.Options options = OptionsOf(kind);
        set?.Invoke(options);
        return Context.Regression.Trainers.GaussNewtonRegression(options);
    }

    /// <summary>Everything that a model says of rows, column by column.</summary>
    private protected static float[][] Say(ITransformer model, IDataView data)
    {
        IDataView scored = model.Transform(data);
        return [.. Columns.Where(name => scored.Schema.GetColumnOrNull(name) is not null).Select(name => scored.GetColumn<float>(name).ToArray())];
    }

    private protected static void ShouldSayTheSame(float[][] one, float[][] other)
    {
        one.Length.Should().Be(other.Length);
        for (int k = 0; k < one.Length; k++) one[k].Should().Equal(other[k]);
    }

    private protected static void ShouldSayNearlyTheSame(float[][] one, float[][] other, float tolerance)
    {
        one.Length.Should().Be(other.Length);
        for (int k = 0; k < one.Length; k++) one[k].Should().Equal(other[k], (x, y) => x == y || Math.Abs(x - y) <= tolerance);
    }

    /// <summary>The file that a model is saved to.</summary>
    private protected byte[] Bytes(ITransformer model, IDataView data)
    {
        using var file = new MemoryStream();
        Context.Model.Save(model, data.Schema, file);
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(file.ToArray()));
        // The archive has dates, its entries have not.
        using var content = new MemoryStream();
        foreach (System.IO.Compression.ZipArchiveEntry entry in zip.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            using Stream stream = entry.Open();
            stream.CopyTo(content);
        }

        return content.ToArray();
    }

    /// <summary>All public fields of options, as text where they are records.</summary>
    private protected static Dictionary<string, object?> FieldsOf(GaussNewtonRegressionTrainer.Options options) => options.GetType().GetFields().ToDictionary(field => field.Name, field => field.GetValue(options));

    /// <summary>The options that a trainer keeps.</summary>
    private protected static GaussNewtonRegressionTrainer.Options OptionsWithin(GaussNewtonRegressionTrainer trainer) =>
        (GaussNewtonRegressionTrainer.Options)typeof(GaussNewtonRegressionTrainer).GetField("_options", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.GetValue(trainer)!;
}
