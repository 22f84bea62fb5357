using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;

namespace GnMlNet.Models;

/// <summary>How training went.</summary>
/// <param name="LabelColumnName">The name of the label column.</param>
/// <param name="Termination">Why it ended.</param>
/// <param name="StepForm">In which form steps were computed.</param>
/// <param name="BestIteration">Which iteration of the history the model is from.</param>
/// <param name="History">The iterations; none of a flow.</param>
internal sealed record TrainingRecord(
    string LabelColumnName, Termination Termination, StepFormChoice StepForm, int BestIteration, IReadOnlyList<TrainingIteration> History);
