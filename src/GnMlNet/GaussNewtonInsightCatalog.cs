using GnMlNet;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Insight;

namespace Microsoft.ML;

/// <summary>Puts what shows how a Gauss-Newton model predicts beside ML.NET's own <c>PermutationFeatureImportance</c>.</summary>
public static class GaussNewtonInsightCatalog
{
    /// <summary>What predictions depend on, and how: curves along the columns that go into the pipeline, and interactions of pairs (<see cref="Effects"/>).</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Regression</c>.</param>
    /// <param name="model">The fitted pipeline; its last step is that of a <see cref="GaussNewtonRegressionTrainer"/>.</param>
    /// <param name="data">Rows as they go into the pipeline; the label is not needed.</param>
    /// <param name="columnNames">Which columns; null for all that the model depends on.</param>
    /// <param name="options">How much work is spent; null for the defaults.</param>
    /// <exception cref="ArgumentException">The pipeline ends in another model, the data lack a column or have none of a name, or fewer than two rows have a prediction.</exception>
    public static EffectReport FeatureEffects(this RegressionCatalog catalog, ITransformer model, IDataView data, IReadOnlyList<string>? columnNames = null, EffectOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ExplainedPipeline pipeline = ExplainedPipeline.Of(model, data);
        return Effects.Of(pipeline, pipeline.Rows, columnNames is null ? null : pipeline.PlacesOf(columnNames), options);
    }

    /// <summary>The exact derivatives of <c>Score</c> at every row by every column that the model depends on, with what must be said where there is none; a column that is not passed on unchanged is <see cref="SlopeState.Transformed"/>.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Regression</c>.</param>
    /// <param name="model">The fitted pipeline; its last step is that of a <see cref="GaussNewtonRegressionTrainer"/>.</param>
    /// <param name="data">Rows as they go into the pipeline; the label is not needed.</param>
    /// <returns>By the name of the column one slope for each row.</returns>
    /// <exception cref="ArgumentException">The pipeline ends in another model, or the data lack a column or have no row.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<Slope>> Slopes(this RegressionCatalog catalog, ITransformer model, IDataView data)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ExplainedPipeline pipeline = ExplainedPipeline.Of(model, data);
        Slope[][] slopes = [.. pipeline.Rows.Select(pipeline.Slopes)];
        return pipeline.Columns.Select((column, at) => (column.Name, At: at)).ToDictionary(column => column.Name, column => (IReadOnlyList<Slope>)[.. slopes.Select(row => row[column.At])]);
    }

    /// <summary>The smallest change of some columns of a row that brings <c>Score</c> to a target, within the range and the correlations of the data (<see cref="GnMlNet.Core.Insight.WhatIf"/>).</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Regression</c>.</param>
    /// <param name="model">The fitted pipeline; its last step is that of a <see cref="GaussNewtonRegressionTrainer"/>.</param>
    /// <param name="data">Rows as they go into the pipeline, such as those of its training; the label is not needed.</param>
    /// <param name="row">Which of them to change, counted from 0.</param>
    /// <param name="target">What <c>Score</c> is to become.</param>
    /// <param name="columnNames">Which columns may change: numbers that are passed on unchanged.</param>
    /// <param name="options">How it is looked for; null for the defaults.</param>
    /// <exception cref="ArgumentException">The pipeline ends in another model, the data lack a column or have none of a name, or a column cannot be changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static WhatIfResult WhatIf(this RegressionCatalog catalog, ITransformer model, IDataView data, int row, WhatIfTarget target, IReadOnlyList<string> columnNames, WhatIfOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(columnNames);
        ExplainedPipeline pipeline = ExplainedPipeline.Of(model, data);
        if (row < 0 || row >= pipeline.Rows.Count) throw new ArgumentOutOfRangeException(nameof(row), row, $"The data have {pipeline.Rows.Count} rows, counted from 0.");
        return GnMlNet.Core.Insight.WhatIf.Find(pipeline, pipeline.Rows, pipeline.Rows[row], target, pipeline.PlacesOf(columnNames), options);
    }
}
