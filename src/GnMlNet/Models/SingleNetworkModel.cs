using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;

namespace GnMlNet.Models;

/// <summary>A single network, in the units of the data, confined to what labels can be.</summary>
internal record SingleNetworkModel(Network Network, LabelBounds Bounds, TrainingRecord Training) : TrainedModel(Training)
{
    internal override IReadOnlyList<EnsembleMember> Members { get; } = [new NetworkMember(Network, map: 0)];

    internal override NetworkEnsemble AsEnsemble { get; } = NetworkEnsemble.Of(Network, Bounds);

    internal override LabelBounds Bounds { get; } = Bounds;

    internal override double Predict(ReadOnlySpan<float> features)
    {
        // A saturated unit would take infinity for a number.
        foreach (float feature in features)
        {
            if (!float.IsFinite(feature)) return double.NaN;
        }

        return Bounds.Limit(Network.Predict(features));
    }
}
