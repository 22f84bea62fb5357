using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>A trained ensemble and how it came about.</summary>
/// <param name="Ensemble">The ensemble.</param>
/// <param name="Termination">Why training ended.</param>
/// <param name="History">
/// The iterations, means over the members. The validation error, NaN between the rungs of the ladder, is the ensemble's mean squared error on the validation
/// rows or, without such rows, its estimate from left-out rows; standardized.
/// </param>
/// <param name="BestIteration">Which iteration of the history the members are from.</param>
/// <param name="StepForm">In which form the steps of every member were computed: the primal one.</param>
public sealed record EnsembleResult(
    NetworkEnsemble Ensemble, Termination Termination, IReadOnlyList<TrainingIteration> History, int BestIteration, StepFormChoice StepForm);
