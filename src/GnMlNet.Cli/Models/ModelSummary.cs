using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Models;

/// <summary>A network and its training as JSON.</summary>
internal static class ModelSummary
{
    /// <summary>One line for people: how many networks of which size.</summary>
    internal static string Describe(GaussNewtonRegressionModelParameters model)
    {
        string each = model.Ensemble is null ? "" : Invariant($"{model.Ensemble.Members.Count} networks, each of ");
        Network network = First(model);
        return Invariant($"{each}{model.InputSize} inputs, {network.Shape.HiddenSize} hidden units ({network.Activation}), {network.Shape.ParameterCount} parameters");
    }

    /// <param name="model">The model.</param>
    /// <param name="features">The names of the features, or none.</param>
    internal static object ToJson(GaussNewtonRegressionModelParameters model, IReadOnlyList<string> features) => new
    {
        networks = model.Members.Count,
        inputs = model.InputSize,
        hiddenUnits = First(model).Shape.HiddenSize,
        activation = First(model).Activation.Name,
        parameters = First(model).Shape.ParameterCount,
        label = model.LabelColumnName,
        termination = new { rule = model.Termination.Rule.ToString(), model.Termination.Value, model.Termination.Threshold },
        stepForm = new { form = model.StepForm.Form.ToString(), model.StepForm.PrimalProducts, model.StepForm.DualProducts, model.StepForm.PrimalBytes, model.StepForm.DualBytes, model.StepForm.MemoryLimit },
        model.BestIteration,
        relevance = model.Ensemble?.Relevance.Select((relevance, k) => new { feature = k < features.Count ? features[k] : null, relevance }),
        evidence = model.Ensemble?.Members.OfType<NetworkMember>().Select(Evidence),
        intervals = model.Ensemble?.Intervals is { } intervals ? new { kind = intervals.Kind.ToString(), intervals.Level, intervals.NoiseVariance, intervals.Quantile } : null,
        history = model.TrainingHistory.Select(Iteration),
        flow = model.Trajectory is null ? null : Flow(model.Trajectory),
    };

    private static Network First(GaussNewtonRegressionModelParameters model) => model.Members.OfType<NetworkMember>().First().Network;

    private static object? Evidence(NetworkMember member) => member.Evidence is null ? null : new
    {
        member.Evidence.NoisePrecision,
        member.Evidence.TotalEffectiveParameters,
        precisions = member.Evidence.Precisions.ToArray(),
        effectiveParameters = member.Evidence.EffectiveParameters.ToArray(),
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
        iteration.ValidationError,
        iteration.GradientNorm,
        iteration.Damping,
        iteration.StepNorm,
        iteration.GainRatio,
        iteration.RejectedSteps,
        iteration.CurvatureRows,
        iteration.CurvatureInSinglePrecision,
        iteration.NoisePrecision,
        iteration.EffectiveParameters,
    };
}
