using GnMlNet.Balls;
using GnMlNet.Balls.Matrices;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Numbers;
using GnMlNet.Reference.Spectra;

namespace GnMlNet.Reference.Systems;

/// <summary>
/// J^T J or J J^T, whichever is smaller: the two have the same eigenvalues but for zeros. The larger of them is singular, so its smallest eigenvalue is 0, and that of
/// H = (1 - rho) J^T J + rho I is (1 - rho) times that of J^T J plus rho.
/// </summary>
internal static class SmallerGram
{
    /// <summary>Its smallest and its largest eigenvalue; no Gram matrix has negative ones.</summary>
    internal static (EigenvalueBound Smallest, EigenvalueBound Largest) Spectrum(JacobianEnclosure jacobian, ExactKernels kernels)
    {
        (ScaledIntegers matrix, Magnitude error) = Of(jacobian, kernels);
        (EigenvalueBound smallest, EigenvalueBound largest) = ExtremeEigenvalues.Enclose(matrix, error);
        return (NotNegative(smallest), NotNegative(largest));
    }

    private static (ScaledIntegers Matrix, Magnitude Error) Of(JacobianEnclosure jacobian, ExactKernels kernels)
    {
        if (jacobian.Values.Columns > jacobian.Values.Rows) return KernelEnclosure.Of(jacobian, kernels);
        double[] ones = new double[jacobian.Values.Rows];
        Array.Fill(ones, 1);
        (ScaledIntegers gram, Magnitude[] errors) = GramEnclosure.Of(jacobian, ones, kernels);
        return (gram, Norms.Euclidean(errors));
    }

    private static EigenvalueBound NotNegative(EigenvalueBound bound) => bound.Lower.Sign < 0 ? bound with { Lower = Dyadic.Zero } : bound;
}
