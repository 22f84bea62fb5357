using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Constants;

/// <summary>The constants that the theorems on a flow are stated with, enclosed: they hold for the numbers of a recorded run taken as exact.</summary>
/// <param name="SmallestEigenvalue">lambda_min at w_init of K or, with fewer parameters than rows, of J^T J.</param>
/// <param name="LargestEigenvalue">|K| = |J^T J| at w_init.</param>
/// <param name="Lambda0">lambda_0 with 4 lambda_0^2 = <paramref name="SmallestEigenvalue"/>.</param>
/// <param name="LambdaN">lambda_n with 4 lambda_n^2 = <paramref name="LargestEigenvalue"/>.</param>
/// <param name="LipschitzModulus">L, between two bounds: a theorem's hypothesis needs the upper one.</param>
/// <param name="InitialLoss">g(0), where f = 0. It is the gap Delta_0 where Delta is taken over R^n, since the weighted quadratic loss has the infimum 0, and bounds it where Delta is taken over the ball B.</param>
public sealed record FlowConstants(Ball SmallestEigenvalue, Ball LargestEigenvalue, Ball Lambda0, Ball LambdaN, Ball LipschitzModulus, Ball InitialLoss)
{
    /// <summary>Encloses the constants of a run.</summary>
    /// <param name="run">A flow.</param>
    /// <param name="bits">The fraction bits, at least 64.</param>
    /// <exception cref="ArgumentException">The run is no flow.</exception>
    public static FlowConstants Enclose(RecordedRun run, int bits = 128)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 64);
        if (run.Kind != RunKind.Flow) throw new ArgumentException("Only a flow has these constants.", nameof(run));
        EnclosedPoint start = new FlowEquations(run, FastKernels.Instance).Evaluate(run.InitialWeights, bits);
        (EigenvalueBound smallest, EigenvalueBound largest) = SmallerGram.Spectrum(start);
        return new FlowConstants(
            smallest.ToBall(),
            largest.ToBall(),
            Half(smallest, bits),
            Half(largest, bits),
            Constants.LipschitzModulus.Enclose(start.Layer.Inputs, start.Layer.RowCount, run.Activation),
            new Ball(start.Loss, start.LossError));
    }

    /// <summary>
    /// The scaling factor from which on a repaired theorem covers the flow where every row has the weight 1, so that nu = mu = 2: 1R for p at least n, 5R with r = 1/2 for fewer;
    /// null where lambda_0 is not proved to be positive.
    /// </summary>
    /// <remarks>
    /// In units of u = (L/lambda_0^2) sqrt(g(0)), with Delta_0 at most g(0). 1R: (L/(2 lambda_0^2)) sqrt(2 Delta_0/nu) = u/2. 5R asks for alpha &gt; b/sqrt(nu-hat) with nu-hat = nu - c/alpha,
    /// c = L G_0/(4 lambda_0^2 (1-r)^2) = 2u and b^2 = 2 L^2 g(0)/(2 r (2-r) lambda_0^2)^2 = 8u^2/9: so alpha &gt; (c + sqrt(c^2 + 4 nu b^2))/(2 nu) = (2 + 10/3)u/4 = 4u/3.
    /// </remarks>
    internal Ball? CoveringThreshold(bool isOverparameterized, int bits)
    {
        Dyadic lambda = Lambda0.Lower;
        if (lambda.Sign <= 0) return null;
        // The theorems hold with an upper bound of L and a lower one of lambda_0.
        Ball unit = Ball.Divide(Ball.Exact(LipschitzModulus.Upper), Ball.Exact(lambda * lambda), bits);
        unit = Ball.Multiply(unit, Ball.Sqrt(InitialLoss, bits), bits);
        return isOverparameterized ? unit << -1 : Ball.Divide(unit << 2, Ball.Exact(3), bits);
    }

    /// <summary>Half the root, at both ends, so that an end at zero does no harm.</summary>
    private static Ball Half(EigenvalueBound bound, int bits) => Ball.Union(Ball.Sqrt(Ball.Exact(bound.Lower), bits), Ball.Sqrt(Ball.Exact(bound.Upper), bits)) << -1;
}
