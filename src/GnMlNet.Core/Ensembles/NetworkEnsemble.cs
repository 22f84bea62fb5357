using System.Numerics;
using GnMlNet.Core.Data;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// An ensemble: the winsorized mean of its members' predictions, each limited to the range of the labels in training and a tenth beyond.
/// From features to labels in the units of the data. Immutable.
/// </summary>
public sealed class NetworkEnsemble
{
    private const int MostOnStack = 512;

    private readonly FeatureMap[] _maps;
    private readonly EnsembleMember[] _members;

    /// <summary>Makes an ensemble from its parts.</summary>
    /// <param name="maps">The maps from features to inputs that members use; copied.</param>
    /// <param name="members">At least one; copied.</param>
    /// <param name="label">The scale of the label.</param>
    /// <param name="least">The least standardized label that is predicted.</param>
    /// <param name="greatest">The greatest standardized label that is predicted.</param>
    /// <exception cref="ArgumentException">There is no member, networks differ in shape or activation, a map is missing, or the range is empty.</exception>
    public NetworkEnsemble(IReadOnlyList<FeatureMap> maps, IReadOnlyList<EnsembleMember> members, ColumnScale label, double least, double greatest)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count == 0) throw new ArgumentException("An ensemble needs at least one member.", nameof(members));
        if (members.OfType<NetworkMember>().DistinctBy(member => (member.Network.Shape, member.Network.Activation)).Count() > 1)
            throw new ArgumentException("The networks of an ensemble must have the same shape and activation.", nameof(members));
        if (members.Any(member => member.Map < 0 || member.Map >= maps.Count)) throw new ArgumentException("A member names a map that is not there.", nameof(members));
        if (maps.Any(map => map.Columns.Count != members[0].InputSize)) throw new ArgumentException("Every map must have a column for each input of the members.", nameof(maps));
        if (!(least <= greatest)) throw new ArgumentException($"The range of predictions from {least} to {greatest} is empty.", nameof(least));
        (_maps, _members, Label, Least, Greatest) = ([.. maps], [.. members], label, least, greatest);
    }

    /// <summary>The maps from features to inputs.</summary>
    public IReadOnlyList<FeatureMap> Maps => _maps;

    /// <summary>The members.</summary>
    public IReadOnlyList<EnsembleMember> Members => _members;

    /// <summary>The scale of the label.</summary>
    public ColumnScale Label { get; }

    /// <summary>The least standardized label that is predicted.</summary>
    public double Least { get; }

    /// <summary>The greatest standardized label that is predicted.</summary>
    public double Greatest { get; }

    /// <summary>How wide prediction intervals are, or null where there are none.</summary>
    public PredictionIntervals? Intervals { get; init; }

    /// <summary>d, the number of features.</summary>
    public int InputSize => _members[0].InputSize;

    /// <summary>
    /// How strongly predictions depend on each feature: the root mean square, over the training rows, of the slope of the members' mean, in standard deviations of
    /// the label per standard deviation of the mapped feature. Near 0 for a feature without influence, whose weights evidence lets fade.
    /// </summary>
    public IReadOnlyList<double> Relevance { get; init; } = [];

    /// <summary>The ensemble's prediction at <paramref name="features"/>; a missing (NaN) feature gives NaN.</summary>
    /// <param name="features">d numbers.</param>
    /// <exception cref="ArgumentException">The number of features is not that of the members' inputs.</exception>
    public double Predict(ReadOnlySpan<float> features) => PredictFrom(features);

    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public double Predict(ReadOnlySpan<double> features) => PredictFrom(features);

    /// <summary>The ensemble's prediction at <paramref name="features"/> with its interval; a missing (NaN) feature gives NaN.</summary>
    /// <param name="features">d numbers.</param>
    /// <exception cref="ArgumentException">The number of features is not that of the members' inputs.</exception>
    /// <exception cref="InvalidOperationException">The ensemble was trained without intervals.</exception>
    public IntervalPrediction PredictInterval(ReadOnlySpan<float> features) => PredictIntervalFrom(features);

    /// <inheritdoc cref="PredictInterval(ReadOnlySpan{float})"/>
    public IntervalPrediction PredictInterval(ReadOnlySpan<double> features) => PredictIntervalFrom(features);

    /// <summary>A member's prediction, limited to a range.</summary>
    internal static double Limit(double prediction, double least, double greatest) => Math.Clamp(prediction, least, greatest);

    private double PredictFrom<T>(ReadOnlySpan<T> features)
        where T : struct, INumberBase<T>
    {
        int inputs = InputSize, length = (_maps.Length * inputs) + _members.Length;
        Span<double> room = length <= MostOnStack ? stackalloc double[MostOnStack] : new double[length];
        Span<double> mapped = room[..(_maps.Length * inputs)];
        Map(features, mapped);
        return Combine(mapped, room.Slice(mapped.Length, _members.Length));
    }

    private IntervalPrediction PredictIntervalFrom<T>(ReadOnlySpan<T> features)
        where T : struct, INumberBase<T>
    {
        if (Intervals is null) throw new InvalidOperationException("The ensemble was trained without intervals.");
        var mapped = new double[_maps.Length * InputSize];
        Map(features, mapped);
        double score = Combine(mapped, new double[_members.Length]), leverage = Intervals.ConstantLeverage;
        foreach (EnsembleMember member in _members)
            leverage += member.Variance(InputsOf(member, mapped)) / _members.Length;
        return Intervals.Around(score, Label.Deviation, leverage);
    }

    private void Map<T>(ReadOnlySpan<T> features, Span<double> mapped)
        where T : struct, INumberBase<T>
    {
        int inputs = InputSize;
        if (features.Length != inputs) throw new ArgumentException($"The ensemble takes {inputs} features, not {features.Length}.", nameof(features));
        for (int m = 0; m < _maps.Length; m++) _maps[m].Map(features, mapped.Slice(m * inputs, inputs));
    }

    private double Combine(ReadOnlySpan<double> mapped, Span<double> predictions)
    {
        for (int k = 0; k < predictions.Length; k++) predictions[k] = Limit(_members[k].Predict(InputsOf(_members[k], mapped)), Least, Greatest);
        return Label.Mean + (Label.Deviation * WinsorizedMean.Of(predictions));
    }

    private ReadOnlySpan<double> InputsOf(EnsembleMember member, ReadOnlySpan<double> mapped) => mapped.Slice(member.Map * InputSize, InputSize);
}
