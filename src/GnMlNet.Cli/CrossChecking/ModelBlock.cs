using GnMlNet.Cli.Internals;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Reference.Blocks;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The members of a saved model's kernel block as plain numbers, with what they predict for some rows of a table.</summary>
internal static class ModelBlock
{
    /// <summary>Beyond so many rows of a block exact arithmetic takes minutes for each member.</summary>
    private const int MostUnits = 1000;

    internal static IReadOnlyList<BlockToCheck> Of(ModelOnRows model)
    {
        if (model.Model.Ensemble is not { } ensemble) return [];
        KernelMember[] members = [.. ensemble.Members.OfType<KernelMember>()];
        IReadOnlyList<ScoredRow> rows = model.SomeRows;
        return
        [
            .. members.Index().Where(at => Reason(at.Item) is null).Select(at => ToCheck(ensemble, at.Item, rows, $"block member {at.Index + 1} of {model.Name}", $"{model.File}-block-member-{at.Index + 1}")),
            .. members.GroupBy(Reason).Where(group => group.Key is not null).Select((group, k) => new BlockToCheck(
                $"{group.Count()} {(group.Count() == 1 ? "member" : "members")} of the kernel block of {model.Name}", $"{model.File}-block-unchecked-{k + 1}", group.First().Form, Block: null, Computed: null, group.Key)),
        ];
    }

    private static string? Reason(KernelMember member)
    {
        if (member.Form == KernelForm.Sparse) return "the sparse form solves least squares over all rows of the training, which the model does not hold";
        if (member.Equations is null) return "the model does not hold the equations of its coefficients";
        return member.Expansion.CentreCount > MostUnits ? Invariant($"there are {member.Expansion.CentreCount} units; beyond {MostUnits} exact arithmetic takes long") : null;
    }

    private static BlockToCheck ToCheck(NetworkEnsemble ensemble, KernelMember member, IReadOnlyList<ScoredRow> rows, string name, string file)
    {
        double[][] inputs = [.. rows.Select(row => ModelOnRows.InputsOf(ensemble, member, row))];
        var computed = new ComputedBlockValues { Rows = [.. inputs.SelectMany(input => input)], Predictions = MemberFastPath.Values(member, inputs) };
        return new BlockToCheck(name, file, member.Form, ToBlock(member), computed, Reason: null);
    }

    private static RecordedBlock ToBlock(KernelMember member) => new()
    {
        Inputs = member.Expansion.CentreTable,
        LaplaceRates = [.. member.Expansion.Kernel.LaplaceRates],
        GaussianRates = [.. member.Expansion.Kernel.GaussianRates],
        LaplaceScale = member.Expansion.Kernel.LaplaceVariance,
        GaussianScale = member.Expansion.Kernel.GaussianVariance,
        Constant = member.Expansion.Kernel.Constant,
        NoiseVariance = member.NoiseVariance,
        Jitter = member.Equations!.Jitter,
        RowWeights = member.Equations.Weights,
        Labels = member.Equations.Labels,
        Coefficients = member.Expansion.Coefficients.ToArray(),
    };
}
