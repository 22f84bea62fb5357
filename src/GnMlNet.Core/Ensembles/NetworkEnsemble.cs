using System.Buffers;
using System.Numerics;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// An ensemble of networks and of a kernel block, which stands for networks of infinitely many units: the weighted mean of both kinds, for each the winsorized mean of its members'
/// predictions, each limited to the range of the labels in training and a tenth beyond, and the whole to <see cref="Bounds"/>. From features to labels in the units of the data. Immutable.
/// </summary>
public sealed class NetworkEnsemble
{
    /// <summary>
    /// How far from their median members' predictions count in a winsorized mean, in median distances from it: two robust standard deviations, since 1.4826 median distances estimate the standard deviation of normal numbers.
    /// </summary>
    public const double MostMedianDistances = 2 * 1.4826;

    private const int MostOnStack = 512;

    // As many as the leverage of a network is best computed for.
    private const int RowsAtOnce = PackedTriangle<float>.VectorsAtOnce;

    private readonly FeatureMap[] _maps;
    private readonly EnsembleMember[] _members;
    private readonly int _networks;

    /// <summary>Makes an ensemble from its parts.</summary>
    /// <param name="maps">The maps from features to inputs that members use; copied.</param>
    /// <param name="members">At least one, networks before members of the kernel block; copied.</param>
    /// <param name="label">The scale of the label.</param>
    /// <param name="range">The standardized labels that members may predict.</param>
    /// <param name="kernelWeight">w, the weight of the kernel block, in [0, 1]; above 0 if and only if there are members of it, below 1 if and only if there are networks.</param>
    /// <exception cref="ArgumentException">There is no member, networks differ in shape or activation, a map is missing, members are out of order, the weight does not fit the members, or the range is empty.</exception>
    public NetworkEnsemble(IReadOnlyList<FeatureMap> maps, IReadOnlyList<EnsembleMember> members, ColumnScale label, LabelRange range, double kernelWeight = 0)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count == 0) throw new ArgumentException("An ensemble needs at least one member.", nameof(members));
        if (members.OfType<NetworkMember>().DistinctBy(member => (member.Network.Shape, member.Network.Activation)).Count() > 1)
            throw new ArgumentException("The networks of an ensemble must have the same shape and activation.", nameof(members));
        if (members.Any(member => member.Map < 0 || member.Map >= maps.Count)) throw new ArgumentException("A member names a map that is not there.", nameof(members));
        if (members.Any(member => member.InputSize != members[0].InputSize) || maps.Any(map => map.Columns.Count != members[0].InputSize))
            throw new ArgumentException("Every map must have a column for each input of the members.", nameof(maps));
        if (!(range.Least <= range.Greatest)) throw new ArgumentException($"The range of predictions from {range.Least} to {range.Greatest} is empty.", nameof(range));
        _networks = members.TakeWhile(member => member is NetworkMember).Count();
        if (members.Skip(_networks).Any(member => member is NetworkMember)) throw new ArgumentException("Networks come before the members of the kernel block.", nameof(members));
        if (!(kernelWeight is >= 0 and <= 1) || kernelWeight < 1 != _networks > 0 || kernelWeight > 0 != _networks < members.Count)
            throw new ArgumentException($"A weight of {kernelWeight} does not fit {_networks} networks and {members.Count - _networks} members of a kernel block.", nameof(kernelWeight));
        (_maps, _members, Label, Range, KernelWeight) = ([.. maps], [.. members], label, range, kernelWeight);
    }

    /// <summary>The maps from features to inputs.</summary>
    public IReadOnlyList<FeatureMap> Maps => _maps;

    /// <summary>The members, networks before those of the kernel block.</summary>
    public IReadOnlyList<EnsembleMember> Members => _members;

    /// <summary>The scale of the label.</summary>
    public ColumnScale Label { get; }

    /// <summary>The standardized labels that members may predict.</summary>
    public LabelRange Range { get; }

    /// <summary>w, the weight of the kernel block in the score, in [0, 1]; 0 where there is none, 1 where there are no networks.</summary>
    public double KernelWeight { get; }

    /// <summary>Whether each kind of members has a plain mean in place of a winsorized one, which has kinks.</summary>
    public bool HasPlainMeans { get; init; }

    /// <summary>What labels can be at all, in the units of the data: predictions and intervals are confined to it.</summary>
    public LabelBounds Bounds { get; init; } = LabelBounds.None;

    /// <summary>How wide prediction intervals are, or null where there are none.</summary>
    public PredictionIntervals? Intervals { get; init; }

    /// <summary>d, the number of features.</summary>
    public int InputSize => _members[0].InputSize;

    /// <summary>
    /// How strongly predictions depend on each feature: the root mean square, over the training rows, of the slope of the members' mean, in standard deviations of
    /// the label per standard deviation of the mapped feature. Near 0 for a feature without influence, whose weights evidence lets fade.
    /// </summary>
    public IReadOnlyList<double> Relevance { get; init; } = [];

    /// <summary>The ensemble's prediction at <paramref name="features"/>; a feature that is missing (NaN) or infinite gives NaN.</summary>
    /// <param name="features">d numbers.</param>
    /// <exception cref="ArgumentException">The number of features is not that of the members' inputs.</exception>
    public double Predict(ReadOnlySpan<float> features) => PredictFrom(features);

    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public double Predict(ReadOnlySpan<double> features) => PredictFrom(features);

    /// <summary>The ensemble's prediction at <paramref name="features"/> with its interval; a feature that is missing (NaN) or infinite gives NaN in all.</summary>
    /// <param name="features">d numbers.</param>
    /// <exception cref="ArgumentException">The number of features is not that of the members' inputs.</exception>
    /// <exception cref="InvalidOperationException">The ensemble was trained without intervals.</exception>
    public IntervalPrediction PredictInterval(ReadOnlySpan<float> features) => PredictIntervalFrom(features);

    /// <inheritdoc cref="PredictInterval(ReadOnlySpan{float})"/>
    public IntervalPrediction PredictInterval(ReadOnlySpan<double> features) => PredictIntervalFrom(features);

    /// <summary>
    /// The ensemble's predictions for some rows with their intervals: what <see cref="PredictInterval(ReadOnlySpan{float})"/> gives for each, with the same bits, and twice as fast where there are networks and some dozens of rows.
    /// </summary>
    /// <param name="features">The rows, one after the other, d numbers each.</param>
    /// <param name="predictions">Where the predictions go, one for each row.</param>
    /// <exception cref="ArgumentException">The number of features is not d times that of the predictions.</exception>
    /// <exception cref="InvalidOperationException">The ensemble was trained without intervals.</exception>
    public void PredictIntervals(ReadOnlySpan<float> features, Span<IntervalPrediction> predictions) => PredictIntervalsFrom(features, predictions);

    /// <inheritdoc cref="PredictIntervals(ReadOnlySpan{float}, Span{IntervalPrediction})"/>
    public void PredictIntervals(ReadOnlySpan<double> features, Span<IntervalPrediction> predictions) => PredictIntervalsFrom(features, predictions);

    /// <summary>
    /// The exact derivatives of <see cref="Predict(ReadOnlySpan{double})"/> by every feature, in units of the label per unit of the feature, with what must be said where there is none: through the maps, the members,
    /// the winsorized means, the limits and the weight of the kernel block. Computed in double also where a member is evaluated in single precision, of the function that it rounds.
    /// </summary>
    /// <param name="features">d numbers; one that is missing (NaN) or infinite leaves all features without a slope.</param>
    /// <param name="categories">Which features are the indicators of categorical columns, by which there is no derivative; null for none.</param>
    /// <returns>One for each feature.</returns>
    /// <exception cref="ArgumentException">The number of features is not that of the members' inputs.</exception>
    public Slope[] Slopes(ReadOnlySpan<double> features, IReadOnlyList<CategoryRange>? categories = null) => ScoreSlopes.At(this, features, categories ?? []);

    /// <summary>A single network, in the units of the data, as an ensemble that predicts with the same bits.</summary>
    /// <param name="network">The network, from features to labels.</param>
    /// <param name="bounds">What labels can be; null for all numbers.</param>
    public static NetworkEnsemble Of(Network network, LabelBounds? bounds = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var unit = new ColumnScale(0, 1);
        FeatureMap asTheyAre = new([.. Enumerable.Repeat(ColumnMap.Plain(unit), network.Shape.InputSize)]);
        return new NetworkEnsemble([asTheyAre], [new NetworkMember(network, map: 0)], unit, LabelRange.Unlimited) { Bounds = bounds ?? LabelBounds.None };
    }

    /// <summary>The same ensemble confined to bounds.</summary>
    /// <param name="bounds">What labels can be, in the units of the data.</param>
    public NetworkEnsemble WithBounds(LabelBounds bounds) => With(Intervals, bounds);

    /// <summary>The same ensemble with intervals.</summary>
    internal NetworkEnsemble WithIntervals(PredictionIntervals intervals) => With(intervals, Bounds);

    /// <summary>The share of a member in the score where no outlier is drawn in.</summary>
    internal static double Share(EnsembleMember member, int networks, int members, double kernelWeight) =>
        member is NetworkMember ? (1 - kernelWeight) / networks : kernelWeight / (members - networks);

    private double PredictFrom<T>(ReadOnlySpan<T> features)
        where T : struct, INumberBase<T>
    {
        int inputs = InputSize, length = (_maps.Length * inputs) + _members.Length;
        Span<double> room = length <= MostOnStack ? stackalloc double[MostOnStack] : new double[length];
        Span<double> mapped = room[..(_maps.Length * inputs)], predictions = room.Slice(mapped.Length, _members.Length);
        Map(features, mapped);
        if (!AreFinite(features)) return double.NaN;
        for (int k = 0; k < predictions.Length; k++) predictions[k] = Range.Limit(_members[k].Predict(InputsOf(_members[k], mapped)));
        return Bounds.Limit(ToLabel(Combine(predictions)));
    }

    private IntervalPrediction PredictIntervalFrom<T>(ReadOnlySpan<T> features)
        where T : struct, INumberBase<T>
    {
        IntervalPrediction prediction = default;
        PredictIntervalsFrom(features, new Span<IntervalPrediction>(ref prediction));
        return prediction;
    }

    private void PredictIntervalsFrom<T>(ReadOnlySpan<T> features, Span<IntervalPrediction> predictions)
        where T : struct, INumberBase<T>
    {
        if (Intervals is null) throw new InvalidOperationException("The ensemble was trained without intervals.");
        int inputs = InputSize;
        if (features.Length != (long)inputs * predictions.Length) throw new ArgumentException($"The ensemble takes {inputs} features a row, {(long)inputs * predictions.Length} for {predictions.Length} of them, not {features.Length}.", nameof(features));
        for (int first = 0; first < predictions.Length; first += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, predictions.Length - first);
            PredictBlock(features.Slice(first * inputs, count * inputs), predictions.Slice(first, count));
        }
    }

    private void PredictBlock<T>(ReadOnlySpan<T> features, Span<IntervalPrediction> predictions)
        where T : struct, INumberBase<T>
    {
        int inputs = InputSize, rows = predictions.Length, members = _members.Length;
        double[] room = ArrayPool<double>.Shared.Rent(((_maps.Length * inputs) + (2 * members)) * rows + (3 * members));
        Span<double> mapped = room.AsSpan(0, _maps.Length * inputs * rows), values = room.AsSpan(mapped.Length, members * rows), variances = room.AsSpan(mapped.Length + values.Length, members * rows);
        for (int m = 0; m < _maps.Length; m++)
        {
            for (int j = 0; j < rows; j++) _maps[m].Map(features.Slice(j * inputs, inputs), mapped.Slice(((m * rows) + j) * inputs, inputs));
        }

        for (int k = 0; k < members; k++) _members[k].Evaluate(mapped.Slice(_members[k].Map * rows * inputs, rows * inputs), values.Slice(k * rows, rows), variances.Slice(k * rows, rows));
        Span<double> unlimited = room.AsSpan(mapped.Length + (2 * values.Length), members), limited = room.AsSpan(mapped.Length + (2 * values.Length) + members, members), ofRow = room.AsSpan(mapped.Length + (2 * values.Length) + (2 * members), members);
        for (int j = 0; j < rows; j++)
        {
            for (int k = 0; k < members; k++) (unlimited[k], limited[k], ofRow[k]) = (values[(k * rows) + j], Range.Limit(values[(k * rows) + j]), variances[(k * rows) + j]);
            predictions[j] = AreFinite(features.Slice(j * inputs, inputs)) ? Combine(unlimited, limited, ofRow) : new IntervalPrediction(double.NaN, double.NaN, double.NaN, double.NaN);
        }

        ArrayPool<double>.Shared.Return(room);
    }

    /// <summary>The prediction for a row from what members say of it.</summary>
    private IntervalPrediction Combine(Span<double> unlimited, Span<double> predictions, ReadOnlySpan<double> variances)
    {
        double networks = MeanVariance(0, _networks, variances) + Spread(predictions[.._networks]) + Intervals!.ConstantLeverage;
        double kernel = MeanVariance(_networks, _members.Length, variances) + Spread(predictions[_networks..]);
        // A mean puts its numbers in another order.
        var mixture = new Mixture(Mean(predictions[.._networks]), networks, Mean(predictions[_networks..]), kernel, KernelWeight);
        return Intervals.Around(Bounds.Limit(ToLabel(mixture.Mean)), Label.Deviation, mixture.Variance, Combine(unlimited), Range).Within(Bounds);
    }

    private NetworkEnsemble With(PredictionIntervals? intervals, LabelBounds bounds) =>
        new(_maps, _members, Label, Range, KernelWeight) { HasPlainMeans = HasPlainMeans, Relevance = Relevance, Intervals = intervals, Bounds = bounds };

    private void Map<T>(ReadOnlySpan<T> features, Span<double> mapped)
        where T : struct, INumberBase<T>
    {
        int inputs = InputSize;
        if (features.Length != inputs) throw new ArgumentException($"The ensemble takes {inputs} features, not {features.Length}.", nameof(features));
        for (int m = 0; m < _maps.Length; m++) _maps[m].Map(features, mapped.Slice(m * inputs, inputs));
    }

    /// <summary>Whether all features are finite: nothing is known of others, while activations and cut-off maps would give them a number.</summary>
    private static bool AreFinite<T>(ReadOnlySpan<T> features)
        where T : struct, INumberBase<T>
    {
        foreach (T feature in features)
        {
            if (!T.IsFinite(feature)) return false;
        }

        return true;
    }

    private double Combine(Span<double> predictions) =>
        new Mixture(Mean(predictions[.._networks]), 0, Mean(predictions[_networks..]), 0, KernelWeight).Mean;

    /// <summary>What the members of a kind come to, 0 where there is none; may put them in another order.</summary>
    internal T Mean<T>(Span<T> predictions)
        where T : unmanaged, IAdditionOperators<T, T, T>, ISubtractionOperators<T, T, T>, IUnaryNegationOperators<T, T>, IMultiplyOperators<T, double, T>, IDivisionOperators<T, double, T>, IComparisonOperators<T, T, bool>
    {
        if (predictions.IsEmpty) return default;
        if (!HasPlainMeans) return WinsorizedMean.Of(predictions);
        T sum = default;
        foreach (T prediction in predictions) sum += prediction;
        return sum / predictions.Length;
    }

    private double MeanVariance(int first, int end, ReadOnlySpan<double> variances)
    {
        double sum = 0;
        int count = 0;
        for (int k = first; k < end; k++)
        {
            if (!_members[k].KeepsVariance) continue;
            sum += variances[k];
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }

    private static double Spread(ReadOnlySpan<double> predictions)
    {
        if (predictions.Length < 2) return 0;
        double mean = 0, squares = 0;
        foreach (double prediction in predictions) mean += prediction / predictions.Length;
        foreach (double prediction in predictions) squares += (prediction - mean) * (prediction - mean);
        return squares / predictions.Length;
    }

    private double ToLabel(double standardized) => Label.Mean + (Label.Deviation * standardized);

    private ReadOnlySpan<double> InputsOf(EnsembleMember member, ReadOnlySpan<double> mapped) => mapped.Slice(member.Map * InputSize, InputSize);
}
