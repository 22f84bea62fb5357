using GnMlNet.Core.Ensembles;

namespace GnMlNet.Cli.Internals;

/// <summary>What the fast path computes of a member of an ensemble, for the cross-check to compare.</summary>
internal static class MemberFastPath
{
    /// <summary>The member's function at some rows, not limited to any range, in standardized units of the label.</summary>
    /// <param name="member">The member.</param>
    /// <param name="rows">The inputs that it sees.</param>
    internal static double[] Values(EnsembleMember member, IEnumerable<double[]> rows) => [.. rows.Select(row => member.Predict(row))];

    /// <summary>The variances of these values; null where the member does not tell them.</summary>
    /// <param name="member">The member.</param>
    /// <param name="rows">The inputs that it sees.</param>
    internal static double[]? Variances(EnsembleMember member, IEnumerable<double[]> rows)
    {
        if (!member.KeepsVariance) return null;
        double[] inputs = [.. rows.SelectMany(row => row)], values = new double[inputs.Length / member.InputSize], variances = new double[values.Length];
        member.Evaluate(inputs, values, variances);
        return variances;
    }
}
