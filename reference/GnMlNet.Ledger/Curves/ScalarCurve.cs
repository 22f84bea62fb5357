using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Curves;

/// <summary>
/// A problem with one weight: the outputs alpha f(w) are a curve in R^n, its arc length is the geodesic distance on it, and the undamped flow is the scalar equation
/// w' = -F'(w)/(alpha |f'(w)|)^2 with F(w) = g(alpha f(w)).
/// </summary>
internal sealed class ScalarCurve
{
    // Beyond this times 1/|x| every |sigma''(x w)| is at most 8 exp(-|x w|), below 2^-80.
    private const int Saturation = 64;

    private readonly Problem _problem;

    internal ScalarCurve(Problem problem)
    {
        if (problem.Network.Parameters != 1) throw new ArgumentException("One weight is needed.", nameof(problem));
        _problem = problem;
    }

    internal Real Start => _problem.InitialWeights[0];

    internal Problem Problem => _problem;

    private Network Network => _problem.Network;

    /// <summary>F(w).</summary>
    internal Real Objective(Real w, Real alpha) => _problem.Objective([w], alpha);

    /// <summary>f'(w).</summary>
    internal Real[] Tangent(Real w)
    {
        RealMatrix jacobian = Network.Jacobian([w]);
        return [.. Enumerable.Range(0, jacobian.Rows).Select(j => jacobian[j, 0])];
    }

    /// <summary>f''(w): c x_j^2 sigma''(x_j w).</summary>
    internal Real[] Bend(Real w) => [.. Enumerable.Range(0, Network.Rows).Select(j => Network.Sign(0) * Network.Inputs[j, 0].Square() * Network.Activation.Curvature(Network.Inputs[j, 0] * w))];

    /// <summary>|alpha f'(w)|, the speed of the curve.</summary>
    internal Real Speed(Real w, Real alpha) => alpha * RealVectors.Norm(Tangent(w));

    /// <summary>grad g at alpha f(w).</summary>
    internal Real[] Gradient(Real w, Real alpha) => _problem.Loss.Gradient(_problem.ScaledOutputs([w], alpha));

    /// <summary>F'(w)/alpha.</summary>
    internal Real Slope(Real w, Real alpha) => RealVectors.Dot(Tangent(w), Gradient(w, alpha));

    /// <summary>The derivative of <see cref="Slope"/>.</summary>
    internal Real SlopeOfSlope(Real w, Real alpha)
    {
        Real[] tangent = Tangent(w), outputs = _problem.ScaledOutputs([w], alpha), curvatures = _problem.Loss.Curvatures(outputs);
        Real along = RealVectors.Dot([.. tangent.Select(value => value.Square())], curvatures);
        return (alpha * along) + RealVectors.Dot(Bend(w), _problem.Loss.Gradient(outputs));
    }

    /// <summary>The derivative of g along the curve by arc length, in the direction of growing w: plus or minus |P grad g|.</summary>
    internal Real TangentialGradient(Real w, Real alpha) => Slope(w, alpha) / RealVectors.Norm(Tangent(w));

    /// <summary>L = sup over all w of |f''(w)|, which is even in w.</summary>
    internal Real GreatestBend()
    {
        Real[] sizes = [.. Enumerable.Range(0, Network.Rows).Select(j => Network.Inputs[j, 0].Abs()).Where(size => size.IsPositive)];
        Real end = (Saturation / sizes.Aggregate(Real.Min)).Greatest, closed = Network.JacobianModulusAbove(_problem.Bits).Square();
        Real inside = Extremum.Maximum(w => RealVectors.SquaredNorm(Bend(w)), SlopeOfSquaredBend, 0, end, closed.Shift(-70));
        // |sigma''(z)| is at most 8 exp(-|z|) for both activations.
        Real tail = 0;
        foreach (Real size in sizes) tail += (8 * size.Square() * (-(size * end)).Exp()).Square();
        return Real.Max(inside, Real.Between(0, tail)).Sqrt();
    }

    // The derivative of |f''|^2: 2 sum_j x_j^5 sigma'' sigma'''.
    private Real SlopeOfSquaredBend(Real w)
    {
        Real sum = 0;
        for (int j = 0; j < Network.Rows; j++)
        {
            Real x = Network.Inputs[j, 0], z = x * w;
            sum += x.Pow(5) * Network.Activation.Curvature(z) * Network.Activation.CurvatureSlope(z);
        }

        return 2 * sum;
    }
}
