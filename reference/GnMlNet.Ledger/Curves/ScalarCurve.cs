using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Curves;

/// <summary>
/// A problem with one weight and the quadratic loss: the outputs alpha f(w) are a curve in R^n, its arc length is the geodesic distance on it, and the undamped flow is
/// the scalar equation w' = -F'(w)/(alpha |f'(w)|)^2 with F(w) = g(alpha f(w)).
/// </summary>
internal sealed class ScalarCurve
{
    private readonly Problem _problem;

    internal ScalarCurve(Problem problem)
    {
        if (problem.Network.Parameters != 1 || problem.Loss is not QuadraticLoss) throw new ArgumentException("One weight and the quadratic loss are needed.", nameof(problem));
        _problem = problem;
    }

    internal Real Start => _problem.InitialWeights[0];

    internal Problem Problem => _problem;

    /// <summary>F(w).</summary>
    internal Real Objective(Real w, Real alpha) => _problem.Objective([w], alpha);

    /// <summary>f'(w).</summary>
    internal Real[] Tangent(Real w)
    {
        RealMatrix jacobian = _problem.Network.Jacobian([w]);
        return [.. Enumerable.Range(0, jacobian.Rows).Select(j => jacobian[j, 0])];
    }

    /// <summary>f''(w): c x_j^2 sigma''(x_j w).</summary>
    internal Real[] Bend(Real w)
    {
        Network network = _problem.Network;
        return [.. Enumerable.Range(0, network.Rows).Select(j => network.Sign(0) * network.Inputs[j, 0].Square() * network.Activation.Curvature(network.Inputs[j, 0] * w))];
    }

    /// <summary>|alpha f'(w)|, the speed of the curve.</summary>
    internal Real Speed(Real w, Real alpha) => alpha * RealVectors.Norm(Tangent(w));

    /// <summary>grad g at alpha f(w).</summary>
    internal Real[] Gradient(Real w, Real alpha) => _problem.Loss.Gradient(_problem.ScaledOutputs([w], alpha));

    /// <summary>F'(w)/alpha.</summary>
    internal Real Slope(Real w, Real alpha) => RealVectors.Dot(Tangent(w), Gradient(w, alpha));

    /// <summary>The derivative of <see cref="Slope"/>.</summary>
    internal Real SlopeOfSlope(Real w, Real alpha) => (2 * alpha * RealVectors.SquaredNorm(Tangent(w))) + RealVectors.Dot(Bend(w), Gradient(w, alpha));

    /// <summary>The derivative of g along the curve by arc length, in the direction of growing w: plus or minus |P grad g|.</summary>
    internal Real TangentialGradient(Real w, Real alpha) => Slope(w, alpha) / RealVectors.Norm(Tangent(w));

    /// <summary>
    /// The second derivative of g along the curve by arc length: the Riemannian Hessian. It is u^T grad^2 g u = 2 and what bends the tangent,
    /// (grad g . f'' - (grad g . t)(t . f''))/(alpha |f'|^2) with t = f'/|f'|.
    /// </summary>
    internal Real GeodesicCurvature(Real w, Real alpha)
    {
        Real[] tangent = Tangent(w), bend = Bend(w), gradient = Gradient(w, alpha);
        Real square = RealVectors.SquaredNorm(tangent);
        Real normal = RealVectors.Dot(gradient, bend) - (RealVectors.Dot(gradient, tangent) * RealVectors.Dot(tangent, bend) / square);
        return 2 + (normal / (alpha * square));
    }

    /// <summary>|f''(w)|^2.</summary>
    internal Real SquaredBend(Real w) => RealVectors.SquaredNorm(Bend(w));

    /// <summary>The derivative of <see cref="SquaredBend"/>: 2 sum_j x_j^5 sigma'' sigma''', with tanh''' = s(4 - 6s), s = tanh'.</summary>
    internal Real SlopeOfSquaredBend(Real w)
    {
        Real sum = 0;
        RealMatrix x = _problem.Network.Inputs;
        for (int j = 0; j < x.Rows; j++)
        {
            Real z = x[j, 0] * w, s = Activation.Tanh.Slope(z);
            sum += x[j, 0].Pow(5) * Activation.Tanh.Curvature(z) * s * (4 - (6 * s));
        }

        return 2 * sum;
    }
}
