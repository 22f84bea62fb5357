using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Models;

/// <summary>A network and its training as JSON.</summary>
internal static class ModelSummary
{
    /// <summary>One line for people: how many networks of which size, and the kernel block.</summary>
    internal static string Describe(GaussNewtonRegressionModelParameters model)
    {
        NetworkMember[] networks = [.. model.Members.OfType<NetworkMember>()];
        string each = model.Ensemble is null ? "" : Invariant($"{networks.Length} networks, each of ");
        string ofNetworks = networks.Length == 0 ? "" : Describe(each, networks[0].Network);
        string ofBlock = DescribeBlock(model);
        return $"{ofNetworks}{(ofNetworks.Length > 0 && ofBlock.Length > 0 ? "; " : "")}{ofBlock}";
    }

    /// <summary>One line for people about the kernel block, or nothing where there is none.</summary>
    internal static string DescribeBlock(GaussNewtonRegressionModelParameters model)
    {
        KernelMember[] members = [.. model.Members.OfType<KernelMember>()];
        if (members.Length == 0) return "";
        string weight = model.Ensemble!.KernelWeight == 1 ? "all the weight" : Invariant($"{100 * model.Ensemble.KernelWeight:0}% of the weight");
        return Invariant($"a kernel block of {members.Length} members with {weight} ({members[0].Form}, {members[0].Expansion.CentreCount} units at training rows)");
    }

    /// <param name="model">The model.</param>
    /// <param name="features">The names of the features, or none.</param>
    internal static object ToJson(GaussNewtonRegressionModelParameters model, IReadOnlyList<string> features) => new
    {
        networks = model.Members.OfType<NetworkMember>().Count(),
        inputs = model.InputSize,
        hiddenUnits = First(model)?.Shape.HiddenSize,
        activation = First(model)?.Activation.Name,
        parameters = First(model)?.Shape.ParameterCount,
        kernelWeight = model.Ensemble?.KernelWeight,
        kernelBlock = model.Ensemble?.Members.OfType<KernelMember>().Select(Kernel),
        label = model.LabelColumnName,
        bounds = model.Bounds.IsLimited ? new { model.Bounds.Lower, model.Bounds.Upper } : null,
        termination = new { rule = model.Termination.Rule.ToString(), model.Termination.Value, model.Termination.Threshold },
        stepForm = new { form = model.StepForm.Form.ToString(), model.StepForm.PrimalProducts, model.StepForm.DualProducts, model.StepForm.PrimalBytes, model.StepForm.DualBytes, model.StepForm.MemoryLimit },
        model.BestIteration,
        relevance = model.Ensemble?.Relevance.Select((relevance, k) => new { feature = k < features.Count ? features[k] : null, relevance }),
        evidence = model.Ensemble?.Members.OfType<NetworkMember>().Select(Evidence),
        intervals = model.Ensemble?.Intervals is { } intervals ? new { kind = intervals.Kind.ToString(), intervals.Level, intervals.NoiseVariance, intervals.Quantile } : null,
        history = model.TrainingHistory.Select(Iteration),
        flow = model.Trajectory is null ? null : Flow(model.Trajectory),
    };

    private static string Describe(string each, Network network) =>
        Invariant($"{each}{network.Shape.InputSize} inputs, {network.Shape.HiddenSize} hidden units ({network.Activation}), {network.Shape.ParameterCount} parameters");

    private static Network? First(GaussNewtonRegressionModelParameters model) => model.Members.OfType<NetworkMember>().FirstOrDefault()?.Network;

    private static object Kernel(KernelMember member) => new
    {
        form = member.Form.ToString(),
        units = member.Expansion.CentreCount,
        member.NoiseVariance,
        member.LogEvidence,
        member.Expansion.Kernel.LaplaceVariance,
        member.Expansion.Kernel.LaplaceRates,
        member.Expansion.Kernel.GaussianVariance,
        member.Expansion.Kernel.GaussianRates,
    };

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
