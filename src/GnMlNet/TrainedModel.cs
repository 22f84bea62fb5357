using GnMlNet.Core.Networks;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;

namespace GnMlNet;

/// <summary>What a saved model holds.</summary>
internal sealed record TrainedModel(
    Network Network, string LabelColumnName, Termination Termination, StepFormChoice StepForm, int BestIteration, IReadOnlyList<TrainingIteration> History)
{
    internal TrainedModel(TrainingResult result, string labelColumnName)
        : this(result.Network, labelColumnName, result.Termination, result.StepForm, result.BestIteration, result.History)
    {
    }
}
