using GnMlNet.Core.Data;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// The derivatives of an ensemble's score by its features. To each side of a row, along one feature at a time, the score is computed with <see cref="OneSidedValue"/> in the place of numbers: members
/// differentiate themselves, and means and limits follow from the order of what they are given.
/// </summary>
internal sealed class ScoreSlopes
{
    private readonly NetworkEnsemble _ensemble;
    private readonly double[] _values;
    private readonly double[][] _slopes;
    private readonly double[][] _kinks;
    private readonly (double Left, double Right)[][] _maps;
    private readonly OneSidedValue[] _room;

    private ScoreSlopes(NetworkEnsemble ensemble, ReadOnlySpan<double> features)
    {
        (_ensemble, int members, int inputs) = (ensemble, ensemble.Members.Count, ensemble.InputSize);
        (_values, _slopes, _kinks, _room) = (new double[members], new double[members][], new double[members][], new OneSidedValue[members]);
        _maps = new (double, double)[ensemble.Maps.Count][];
        var mapped = new double[ensemble.Maps.Count][];
        for (int at = 0; at < mapped.Length; at++)
        {
            (mapped[at], _maps[at]) = (new double[inputs], new (double, double)[inputs]);
            ensemble.Maps[at].Map(features, mapped[at]);
            for (int k = 0; k < inputs; k++) _maps[at][k] = ensemble.Maps[at].Columns[k].Slopes(features[k]);
        }

        for (int i = 0; i < members; i++)
        {
            EnsembleMember member = ensemble.Members[i];
            (_values[i], _slopes[i], _kinks[i]) = (member.Predict(mapped[member.Map]), new double[inputs], new double[inputs]);
            member.AddSlopes(mapped[member.Map], _slopes[i], _kinks[i]);
        }
    }

    /// <inheritdoc cref="NetworkEnsemble.Slopes"/>
    internal static Slope[] At(NetworkEnsemble ensemble, ReadOnlySpan<double> features, IReadOnlyList<CategoryRange> categories)
    {
        int inputs = ensemble.InputSize;
        if (features.Length != inputs) throw new ArgumentException($"The ensemble takes {inputs} features, not {features.Length}.", nameof(features));
        var slopes = new Slope[inputs];
        Array.Fill(slopes, Slope.Without(SlopeState.NoPrediction));
        foreach (double feature in features)
        {
            if (!double.IsFinite(feature)) return slopes;
        }

        var at = new ScoreSlopes(ensemble, features);
        for (int k = 0; k < inputs; k++)
            slopes[k] = categories.Any(range => k >= range.First && k <= range.Last) ? Slope.Without(SlopeState.Categorical) : at.By(k);
        return slopes;
    }

    private Slope By(int feature)
    {
        double size = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            (double left, double right) = MapOf(i)[feature];
            size += Math.Max(left, right) * (Math.Abs(_slopes[i][feature]) + Math.Abs(_kinks[i][feature]));
        }

        return Slope.OfSides(-Rate(feature, -1), Rate(feature, 1), _ensemble.Label.Deviation * size);
    }

    /// <summary>The derivative of the score where a feature moves to one side.</summary>
    private double Rate(int feature, int side)
    {
        int networks = 0;
        for (int i = 0; i < _room.Length; i++)
        {
            (double left, double right) = MapOf(i)[feature];
            double slope = _slopes[i][feature] + (side * _kinks[i][feature]);
            _room[i] = new OneSidedValue(_values[i], side * (side < 0 ? left : right) * slope).Clamp(_ensemble.Range.Least, _ensemble.Range.Greatest);
            if (_ensemble.Members[i] is NetworkMember) networks++;
        }

        OneSidedValue ofNetworks = _ensemble.Mean(_room.AsSpan(0, networks)), ofBlock = _ensemble.Mean(_room.AsSpan(networks));
        var score = new OneSidedValue(_ensemble.Label.Mean, 0) + ((ofNetworks * (1 - _ensemble.KernelWeight)) + (ofBlock * _ensemble.KernelWeight)) * _ensemble.Label.Deviation;
        return score.Clamp(_ensemble.Bounds.Lower, _ensemble.Bounds.Upper).Rate;
    }

    private (double Left, double Right)[] MapOf(int member) => _maps[_ensemble.Members[member].Map];
}
