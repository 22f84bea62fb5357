using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;

namespace GnMlNet.Models;

/// <summary>What a saved model holds: a function of the features, and how training went.</summary>
internal abstract record TrainedModel(TrainingRecord Training)
{
    /// <summary>What the function is made of.</summary>
    internal abstract IReadOnlyList<EnsembleMember> Members { get; }

    /// <summary>The same function as an ensemble: the ensemble itself, or that of a single network.</summary>
    internal abstract NetworkEnsemble AsEnsemble { get; }

    /// <summary>What labels can be, to which predictions are confined.</summary>
    internal abstract LabelBounds Bounds { get; }

    /// <summary>d, the number of features.</summary>
    internal int InputSize => Members[0].InputSize;

    /// <summary>The prediction for a row; a feature that is missing (NaN) or infinite gives NaN.</summary>
    internal abstract double Predict(ReadOnlySpan<float> features);
}
