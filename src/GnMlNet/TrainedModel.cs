using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;

namespace GnMlNet;

/// <summary>What a saved model holds: a network or an ensemble of them.</summary>
internal sealed record TrainedModel(
    Network? Network, string LabelColumnName, Termination Termination, StepFormChoice StepForm, int BestIteration, IReadOnlyList<TrainingIteration> History)
{
    internal TrainedModel(FlowTrainingResult result, string labelColumnName)
        : this(
            result.Network.Network,
            labelColumnName,
            new Termination(StoppingRule.FlowEnded, result.Trajectory.EndTime, result.Trajectory.Options.Duration),
            result.StepForm,
            0,
            [])
    {
        (Nullified, Trajectory) = (result.Network, result.Trajectory);
    }

    internal TrainedModel(TrainingResult result, string labelColumnName)
        : this(result.Network, labelColumnName, result.Termination, result.StepForm, result.BestIteration, result.History)
    {
    }

    internal TrainedModel(EnsembleResult result, string labelColumnName)
        : this(null, labelColumnName, result.Termination, result.StepForm, result.BestIteration, result.History)
    {
        Ensemble = result.Ensemble;
    }

    /// <summary>The ensemble, where <see cref="Network"/> is null.</summary>
    internal NetworkEnsemble? Ensemble { get; init; }

    /// <summary>The sizes of the network, or of every network.</summary>
    internal NetworkShape Shape => Network?.Shape ?? Ensemble!.Shape;

    /// <summary>The activation of the network, or of every network.</summary>
    internal Activation Activation => Network?.Activation ?? Ensemble!.Activation;

    /// <summary>Whether it gives prediction intervals.</summary>
    internal bool HasIntervals => Ensemble?.Intervals is not null;

    /// <summary>The prediction for a row.</summary>
    internal double Predict(ReadOnlySpan<float> features) => Network is null ? Ensemble!.Predict(features) : Network.Predict(features);

    /// <summary>The network as the paper writes it, where it was trained by the paper's flow.</summary>
    internal NullifiedNetwork? Nullified { get; init; }

    /// <summary>The flow, where there was one.</summary>
    internal Trajectory? Trajectory { get; init; }
}
