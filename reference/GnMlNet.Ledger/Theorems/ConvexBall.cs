using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Theorems;

/// <summary>
/// A ball around w_init on which F(w) = g(alpha f(w)) is strongly convex, for p at most n: there plain gradient flow, w' = -grad F/alpha^2, and gradient descent converge
/// at exponential rates and stay near w_init. The ball is B with r = L R/(2 lambda_0) below 1.
/// </summary>
/// <remarks>docs/ledger-methods.md, "Gradient flow on a ball where the objective is convex".</remarks>
internal sealed class ConvexBall
{
    private readonly Constants _constants;
    private readonly Real[] _gradient;

    internal ConvexBall(Constants constants)
    {
        _constants = constants;
        Problem problem = constants.Problem;
        _gradient = problem.Loss.Gradient(new Real[problem.Network.Rows]);
        Real convex = constants.Nu * constants.Lambda0.Square(), turning = constants.Mu * constants.Modulus * constants.LambdaN;
        Radius = ScalingFactor.Below((convex / turning).Shift(-1));
        Alpha = ScalingFactor.Above(16 * turning * constants.LambdaN * InitialGradientNorm / convex.Square());
    }

    /// <summary>R, an exact number.</summary>
    internal Real Radius { get; }

    /// <summary>An exact scaling factor that is large enough.</summary>
    internal Real Alpha { get; }

    /// <summary>m, at most every eigenvalue of the Hessian of F on the ball.</summary>
    internal Real Convexity => (_constants.Nu * (Alpha * ((2 * _constants.Lambda0) - Turn)).Square()) - Bending;

    /// <summary>M, at least every eigenvalue of it.</summary>
    internal Real Smoothness => (_constants.Mu * (Alpha * ((2 * _constants.LambdaN) + Turn)).Square()) + Bending;

    /// <summary>2|grad F(w_init)|/m: gradient flow and gradient descent go no further.</summary>
    internal Real Displacement =>
        2 * Alpha * RealVectors.Norm(new Linearization(_constants.Problem.Network, _constants.Problem.InitialWeights).Jacobian.TransposeTimes(_gradient)) / Convexity;

    /// <summary>2m/alpha^2, a rate of the gap along the flow.</summary>
    internal Real Rate => 2 * Convexity / Alpha.Square();

    /// <summary>1 - m/M, the factor by which a step of gradient descent of length 1/M brings the weights nearer to the minimizer.</summary>
    internal Real Factor => 1 - (Convexity / Smoothness);

    private Real InitialGradientNorm => RealVectors.Norm(_gradient);

    // L R: how much J changes within the ball.
    private Real Turn => _constants.Modulus * Radius;

    // alpha L |grad g|, with |f| <= 2 lambda_n R + L R^2/2 on the ball.
    private Real Bending =>
        Alpha * _constants.Modulus * (InitialGradientNorm + (_constants.Mu * Alpha * Radius * ((2 * _constants.LambdaN) + Turn.Shift(-1))));
}
