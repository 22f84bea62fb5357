using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Insight;

/// <summary>
/// An ensemble as a function of columns: of its features, where the indicators of a category are one column of levels; or, in a class that derives from it, of whatever its features are made from. The same
/// bits for any number of threads.
/// </summary>
public class ExplainedEnsemble : ExplainedModel
{
    private const int RowsAtOnce = 64;

    private readonly IReadOnlyList<FeatureColumn> _places;

    /// <summary>Explains an ensemble by its features.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="names">The names of the features; null numbers them from 0.</param>
    /// <param name="categories">Which features are the indicators of categorical columns; null for none.</param>
    /// <param name="threads">How many threads may work at once, at least 1; null for one on each processor.</param>
    /// <exception cref="ArgumentException">There are more or fewer names than features, or a category reaches beyond them.</exception>
    public ExplainedEnsemble(NetworkEnsemble ensemble, IReadOnlyList<string>? names = null, IReadOnlyList<CategoryRange>? categories = null, int? threads = null)
        : this(ensemble, FeatureColumn.All(ensemble?.InputSize ?? 0, names, categories ?? []), threads)
    {
    }

    /// <summary>Explains an ensemble by other columns than its features.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="threads">How many threads may work at once, at least 1; null for one on each processor.</param>
    protected ExplainedEnsemble(NetworkEnsemble ensemble, IReadOnlyList<ExplainedColumn> columns, int? threads)
        : base(columns)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads ?? 1, 1, nameof(threads));
        (Ensemble, Threads, _places) = (ensemble, threads ?? Environment.ProcessorCount, []);
    }

    private ExplainedEnsemble(NetworkEnsemble ensemble, IReadOnlyList<FeatureColumn> places, int? threads)
        : this(ensemble, [.. places.Select(place => place.Column)], threads) => _places = places;

    /// <summary>The ensemble.</summary>
    public NetworkEnsemble Ensemble { get; }

    /// <summary>How many threads may work at once.</summary>
    protected int Threads { get; }

    /// <inheritdoc/>
    public sealed override double[] Predict(IReadOnlyList<double[]> rows)
    {
        IReadOnlyList<double[]> features = Features(rows);
        var scores = new double[features.Count];
        ForBlocks(features.Count, j => scores[j] = Ensemble.Predict(features[j]));
        return scores;
    }

    /// <inheritdoc/>
    public sealed override double[] Deviations(IReadOnlyList<double[]> rows, IReadOnlyList<double[]> weights) => UncertainSums.Deviations(Ensemble, Features(rows), weights, new WorkSharing(Threads));

    /// <inheritdoc/>
    public sealed override Slope[] Slopes(double[] row)
    {
        Slope[] byFeature = Ensemble.Slopes(Features([row])[0]);
        return [.. Columns.Select((column, at) => FeatureOf(at) is { } feature ? byFeature[feature] : Slope.Without(column.IsNumeric ? SlopeState.Transformed : SlopeState.Categorical))];
    }

    /// <inheritdoc/>
    public sealed override IntervalPrediction PredictInterval(double[] row) => Ensemble.Intervals is null ? base.PredictInterval(row) : Ensemble.PredictInterval(Features([row])[0]);

    /// <summary>The row of columns that a vector of features is; a category without an indicator of 1 is missing.</summary>
    /// <param name="features">A number for each feature.</param>
    /// <exception cref="InvalidOperationException">The columns are not those of the features.</exception>
    public double[] RowOf(ReadOnlySpan<double> features)
    {
        if (_places.Count == 0) throw new InvalidOperationException("These columns are not made from features: features are made from them.");
        var row = new double[_places.Count];
        for (int k = 0; k < row.Length; k++) row[k] = _places[k].Read(features);
        return row;
    }

    /// <summary>What becomes of rows before the ensemble sees them.</summary>
    /// <param name="rows">The rows, a number for each column.</param>
    /// <returns>The features of each row.</returns>
    protected virtual IReadOnlyList<double[]> Features(IReadOnlyList<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var all = new double[rows.Count][];
        for (int j = 0; j < all.Length; j++)
        {
            all[j] = new double[Ensemble.InputSize];
            for (int k = 0; k < _places.Count; k++) _places[k].Write(rows[j][k], all[j]);
        }

        return all;
    }

    /// <summary>The feature that a column is passed on into unchanged, and that depends on no other column; null where there is none.</summary>
    /// <param name="column">The column, counted from 0.</param>
    protected virtual int? FeatureOf(int column) => Columns[column].IsNumeric ? _places[column].First : null;

    private void ForBlocks(int count, Action<int> body) => new WorkSharing(Threads).For((count + RowsAtOnce - 1) / RowsAtOnce, block =>
    {
        for (int j = block * RowsAtOnce; j < Math.Min(count, (block + 1) * RowsAtOnce); j++) body(j);
    });
}
