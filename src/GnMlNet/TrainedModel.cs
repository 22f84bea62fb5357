using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;

namespace GnMlNet;

/// <summary>What a saved model holds.</summary>
internal sealed record TrainedModel(
    Network Network, string LabelColumnName, Termination Termination, StepFormChoice StepForm, int BestIteration, IReadOnlyList<TrainingIteration> History)
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

    /// <summary>The network as the paper writes it, where it was trained by the paper's flow.</summary>
    internal NullifiedNetwork? Nullified { get; init; }

    /// <summary>The flow, where there was one.</summary>
    internal Trajectory? Trajectory { get; init; }
}
