using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;

namespace GnMlNet.Models;

/// <summary>An ensemble.</summary>
internal sealed record EnsembleModel(NetworkEnsemble Ensemble, TrainingRecord Training) : TrainedModel(Training)
{
    internal override IReadOnlyList<EnsembleMember> Members => Ensemble.Members;

    internal override NetworkEnsemble AsEnsemble => Ensemble;

    internal override LabelBounds Bounds => Ensemble.Bounds;

    internal override double Predict(ReadOnlySpan<float> features) => Ensemble.Predict(features);
}
