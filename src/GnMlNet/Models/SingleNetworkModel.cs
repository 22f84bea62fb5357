using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;

namespace GnMlNet.Models;

/// <summary>A single network, in the units of the data.</summary>
internal record SingleNetworkModel(Network Network, TrainingRecord Training) : TrainedModel(Training)
{
    internal override IReadOnlyList<EnsembleMember> Members { get; } = [new NetworkMember(Network, map: 0)];

    internal override double Predict(ReadOnlySpan<float> features)
    {
        // A saturated unit would take infinity for a number.
        foreach (float feature in features)
        {
            if (!float.IsFinite(feature)) return double.NaN;
        }

        return Network.Predict(features);
    }
}
