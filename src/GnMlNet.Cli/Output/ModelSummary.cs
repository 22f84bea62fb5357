using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Output;

/// <summary>A network and its training as JSON.</summary>
internal static class ModelSummary
{
    internal static object ToJson(GaussNewtonRegressionModelParameters model) => new
    {
        inputs = model.InputSize,
        hiddenUnits = model.NumberOfHiddenUnits,
        activation = model.Activation.Name,
        parameters = model.Network.Shape.ParameterCount,
        label = model.LabelColumnName,
        termination = new { rule = model.Termination.Rule.ToString(), model.Termination.Value, model.Termination.Threshold },
        stepForm = new { form = model.StepForm.Form.ToString(), model.StepForm.PrimalProducts, model.StepForm.DualProducts, model.StepForm.PrimalBytes, model.StepForm.DualBytes, model.StepForm.MemoryLimit },
        model.BestIteration,
        history = model.TrainingHistory.Select(Iteration),
        flow = model.Trajectory is null ? null : Flow(model.Trajectory),
    };

    private static object Flow(Trajectory trajectory) => new
    {
        alpha = trajectory.Options.ScalingFactor,
        rho = trajectory.Options.Damping,
        scheme = trajectory.Options.Scheme.ToString(),
        trajectory.Options.TimeStep,
        end = trajectory.End.ToString(),
        trajectory.EndTime,
        trajectory.RankLossTime,
        points = trajectory.Points,
    };

    private static object Iteration(TrainingIteration iteration) => new
    {
        iteration.Iteration,
        iteration.Loss,
        iteration.MeanSquaredError,
        validationError = double.IsNaN(iteration.ValidationError) ? (double?)null : iteration.ValidationError,
        iteration.GradientNorm,
        iteration.Damping,
        iteration.StepNorm,
        iteration.GainRatio,
        iteration.RejectedSteps,
        iteration.CurvatureRows,
        iteration.CurvatureInSinglePrecision,
    };
}
