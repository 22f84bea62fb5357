using GnMlNet.Core.Training;
using GnMlNet.Reference.Minimizers;

namespace GnMlNet.Cli.Certifying;

/// <summary>A network of a saved model with the objective that it was trained for.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Objective">The objective on the rows of its training.</param>
/// <param name="Weights">Its weights as they are saved.</param>
/// <param name="Units">How these are saved; null where they are in the units of training.</param>
/// <param name="Recorded">What training recorded where the weights are from; null where it was on other rows than all.</param>
/// <param name="HasConstantColumn">Whether a feature is the same in all rows: its weights had a penalty in training, and are saved as 0.</param>
internal sealed record NetworkToCertify(string Name, TrainingObjective Objective, double[] Weights, AffineUnits? Units, TrainingIteration? Recorded, bool HasConstantColumn)
{
    /// <summary>The weights in the units of training.</summary>
    internal static WeightsInUnits InTraining(double[] weights, AffineUnits? units) => units?.ToTraining(weights) ?? WeightsInUnits.Exactly(weights);
}
