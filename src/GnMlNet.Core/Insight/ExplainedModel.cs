using GnMlNet.Core.Ensembles;

namespace GnMlNet.Core.Insight;

/// <summary>
/// A model as a function of columns, whatever becomes of them before it predicts: what effects, interactions and changes are computed of. A row is one number for each column: the number itself, or of a
/// column of levels the place of its level counted from 0; NaN where it is missing. Derive from it to explain any function.
/// </summary>
public abstract class ExplainedModel
{
    /// <summary>Makes it.</summary>
    /// <param name="columns">The columns, in order, at least one; copied.</param>
    /// <exception cref="ArgumentException">There are no columns.</exception>
    protected ExplainedModel(IReadOnlyList<ExplainedColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0) throw new ArgumentException("A model needs at least one column.", nameof(columns));
        Columns = [.. columns];
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<ExplainedColumn> Columns { get; }

    /// <summary>The scores of rows, in the units of the label; NaN where the model gives none.</summary>
    /// <param name="rows">The rows, a number for each column.</param>
    public abstract double[] Predict(IReadOnlyList<double[]> rows);

    /// <summary>
    /// How uncertain the model is of weighted sums of its scores, sum_i c_i f(x_i): standard deviations in the units of the label, without the noise of labels. NaN where the model does not tell, as one that
    /// does not say how never does.
    /// </summary>
    /// <param name="rows">x, N rows.</param>
    /// <param name="weights">c, N numbers for each sum.</param>
    /// <returns>One number for each sum.</returns>
    public virtual double[] Deviations(IReadOnlyList<double[]> rows, IReadOnlyList<double[]> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return [.. weights.Select(_ => double.NaN)];
    }

    /// <summary>The derivatives of the score by the columns at a row; where the model does not say how, it has none that are known.</summary>
    /// <param name="row">A number for each column.</param>
    public virtual Slope[] Slopes(double[] row) => [.. Columns.Select(column => Slope.Without(column.IsNumeric ? SlopeState.Transformed : SlopeState.Categorical))];

    /// <summary>The score of a row with its interval, which is open to both sides where the model has none.</summary>
    /// <param name="row">A number for each column.</param>
    public virtual IntervalPrediction PredictInterval(double[] row) => new(Predict([row])[0], double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity);
}
