using GnMlNet;
using GnMlNet.DataFrames;

namespace Microsoft.Data.Analysis;

/// <summary>Puts Gauss-Newton regression beside the methods of a data frame.</summary>
public static class DataFrameRegressionExtensions
{
    /// <summary>
    /// Trains a model that predicts a column of the frame from others. Numbers have their missing values (null or NaN) replaced by the mean of the rows, dates become days, hours and weekdays,
    /// text and truth values are one-hot encoded, a missing one being none of the others; rows without a label are left out. <c>gnml train</c> makes the same of a CSV file with these columns.
    /// </summary>
    /// <param name="frame">The training rows.</param>
    /// <param name="label">The column to predict, one of numbers.</param>
    /// <param name="options">
    /// The options of the trainer; null for the defaults. <see cref="GaussNewtonRegressionTrainer.Options.Seed"/> is 1 where none is given, so that the same frame gives the same model.
    /// <c>GroupColumnName</c> and <c>ExampleWeightColumnName</c> name columns of the frame, which are no features then unless <paramref name="features"/> names them; the names of the label and of the features are not looked at. The object is not changed.
    /// </param>
    /// <param name="features">The columns to predict from; null for all that can be.</param>
    /// <param name="exclude">Columns that are no features; null for none.</param>
    /// <param name="categories">Columns whose numbers are codes that name something, and are one-hot encoded; null for none.</param>
    /// <returns>The model; its <see cref="GaussNewtonRegressionFrameModel.Notes"/> say what became of the columns and rows.</returns>
    /// <exception cref="ArgumentException">
    /// The frame has no rows, no such column, or one that cannot be used (too many distinct texts, infinite numbers, a label that is not numeric); the message names it and says how to put it right.
    /// Or an option is out of its range.
    /// </exception>
    /// <exception cref="InvalidOperationException">No row can be trained on, or training would need more memory than there is.</exception>
    public static GaussNewtonRegressionFrameModel FitGaussNewtonRegression(
        this DataFrame frame,
        string label,
        GaussNewtonRegressionTrainer.Options? options = null,
        IReadOnlyCollection<string>? features = null,
        IReadOnlyCollection<string>? exclude = null,
        IReadOnlyCollection<string>? categories = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(label);
        return new FrameTraining(frame, label, options ?? new GaussNewtonRegressionTrainer.Options(), features, exclude ?? [], categories ?? []).Run();
    }
}
