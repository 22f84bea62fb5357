using GnMlNet.Core.Ensembles;

namespace GnMlNet.Onnx;

/// <summary>What members come to: a mixture of networks and kernel block, each with the mean of its members, whose spread is part of the variance.</summary>
/// <param name="Ensemble">The ensemble.</param>
/// <param name="Networks">The networks, or null where there are none.</param>
/// <param name="Kernel">The members of the kernel block, or null where there are none.</param>
internal sealed record Combination(NetworkEnsemble Ensemble, MemberGroup? Networks, MemberGroup? Kernel)
{
    /// <summary>The mean of the mixture.</summary>
    internal OnnxTensor Mean => (Networks, Kernel) switch
    {
        ({ } networks, { } kernel) => (networks.Mean * (1 - Ensemble.KernelWeight)) + (kernel.Mean * Ensemble.KernelWeight),
        ({ } one, null) => one.Mean,
        var (_, other) => other!.Mean,
    };

    /// <param name="ensemble">The ensemble.</param>
    /// <param name="members">What its members say.</param>
    /// <param name="networks">How many of them, the first ones, are networks.</param>
    /// <param name="limit">What becomes of their values before they are combined.</param>
    internal static Combination Of(NetworkEnsemble ensemble, MemberTensors[] members, int networks, Func<OnnxTensor, OnnxTensor> limit)
    {
        MemberGroup? Group(MemberTensors[] some) => some.Length == 0 ? null : new MemberGroup(some, limit, ensemble.HasPlainMeans);
        return new Combination(ensemble, Group(members[..networks]), Group(members[networks..]));
    }

    /// <summary>The variance of the mixture.</summary>
    /// <param name="constantLeverage">What stands for the leverage where networks do not keep theirs.</param>
    internal OnnxTensor Variance(double constantLeverage)
    {
        if (Networks is null) return Kernel!.Variance;
        OnnxTensor ofNetworks = Networks.Variance + constantLeverage;
        if (Kernel is null) return ofNetworks;
        double w = Ensemble.KernelWeight;
        return (ofNetworks * (1 - w)) + (Kernel.Variance * w) + ((Networks.Mean - Kernel.Mean).Squared * (w * (1 - w)));
    }
}
