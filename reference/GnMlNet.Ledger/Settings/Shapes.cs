using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Settings;

/// <summary>Of which instances the sections of the paper speak. Claims come one after the other: what follows one that is not proved is not looked at.</summary>
internal static class Shapes
{
    private const int Bits = 320;

    /// <summary>p at least n, and a kernel that is positive definite at w_init.</summary>
    internal static IEnumerable<Claim> Overparameterized(InstanceData instance)
    {
        yield return Claims.LessOrEqual("n ≤ p", instance.Rows, instance.Parameters);
        yield return HasEnoughUnits("n", instance, instance.Rows);
        yield return SharedHypotheses.LambdaIsPositive(ConstantsOfInstance.At(instance, Bits));
    }

    /// <summary>p below n, and a Gram matrix that is positive definite at w_init.</summary>
    internal static IEnumerable<Claim> Underparameterized(InstanceData instance) => WithGramMatrix(instance, Claims.Less("p < n", instance.Parameters, instance.Rows));

    /// <summary>The same, and p = n.</summary>
    internal static IEnumerable<Claim> UnderparameterizedOrSquare(InstanceData instance) => WithGramMatrix(instance, Claims.LessOrEqual("p ≤ n", instance.Parameters, instance.Rows));

    private static IEnumerable<Claim> WithGramMatrix(InstanceData instance, Claim shape)
    {
        yield return shape;
        yield return HasEnoughUnits("p", instance, instance.Parameters);
        yield return SharedHypotheses.LambdaIsPositive(ConstantsOfInstance.At(instance, Bits));
    }

    /// <summary>One weight: what lengths along a curve of outputs and times of a scalar flow are enclosed for.</summary>
    internal static Claim HasOneWeight(InstanceData instance) => Claims.LessOrEqual("p ≤ 1: geodesics and flows of one weight are integrals", instance.Parameters, 1);

    // Units with equal hidden weights have equal columns of J(w_init), up to the sign.
    private static Claim HasEnoughUnits(string rank, InstanceData instance, int needed) =>
        Claims.LessOrEqual($"{rank} ≤ d times the number of different hidden weights, which is at least the rank of J(w_init)", needed, instance.Dimension * instance.DistinctUnits);
}
