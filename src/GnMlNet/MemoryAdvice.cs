using GnMlNet.Core.Training;
using Microsoft.ML.Runtime;

namespace GnMlNet;

/// <summary>Says what would help where memory does not suffice, in the names of the trainer's options.</summary>
internal static class MemoryAdvice
{
    /// <summary>The error of ML.NET's trainers. The refusal is inside, for a face with options of its own.</summary>
    internal static Exception Except(IExceptionContext host, MemoryRefusedException refused) =>
        host.Except(refused, $"{refused.Refusal.Finding} {refused.Refusal.Advice(remedy => Option(remedy, refused.Refusal.MostHiddenUnits))}");

    private static string? Option(MemoryRemedy remedy, int? mostHiddenUnits) => remedy switch
    {
        MemoryRemedy.SingleNetwork => $"{nameof(GaussNewtonRegressionTrainer.Options.NumberOfNetworks)} = 1",
        MemoryRemedy.FewerHiddenUnits => mostHiddenUnits is { } most ? $"{nameof(GaussNewtonRegressionTrainer.Options.NumberOfHiddenUnits)} = {most} or fewer" : $"a smaller {nameof(GaussNewtonRegressionTrainer.Options.NumberOfHiddenUnits)}",
        MemoryRemedy.FewerFeatures => "fewer features",
        MemoryRemedy.FewerRows => "fewer rows",
        // The face has no such choice: an ensemble's penalty is counted either way.
        MemoryRemedy.FixedPenalty => null,
        MemoryRemedy.FewerCentres => $"a {nameof(GaussNewtonRegressionTrainer.Options.Kernel)} with fewer {nameof(Core.Kernels.KernelOptions.Centres)} and {nameof(Core.Kernels.KernelOptions.EvidenceRows)}",
        MemoryRemedy.NoKernel => $"{nameof(GaussNewtonRegressionTrainer.Options.Kernel)} = null",
        MemoryRemedy.SquaredError => $"{nameof(GaussNewtonRegressionTrainer.Options.Loss)} = {nameof(RegressionLoss.SquaredError)}",
        _ => $"a greater {nameof(GaussNewtonRegressionTrainer.Options.MemoryLimit)}",
    };
}
