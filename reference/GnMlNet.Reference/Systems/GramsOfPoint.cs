using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Systems;

/// <summary>J^T Omega J at a point for any row weights. Step, spectrum and comparison ask for the same one, that of the run's own weights: it is computed once, when it is needed.</summary>
/// <param name="jacobian">J.</param>
/// <param name="ownWeights">Omega of the run.</param>
/// <param name="kernels">What multiplies.</param>
internal sealed class GramsOfPoint(JacobianEnclosure jacobian, double[] ownWeights, ExactKernels kernels)
{
    private readonly Lazy<GramEnclosure> _own = new(() => GramEnclosure.Of(jacobian, ownWeights, kernels));

    /// <summary>With these row weights.</summary>
    internal GramEnclosure Of(double[] weights) => weights.AsSpan().SequenceEqual(ownWeights) ? _own.Value : GramEnclosure.Of(jacobian, weights, kernels);
}
