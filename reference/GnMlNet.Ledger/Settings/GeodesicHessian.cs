using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Settings;

/// <summary>
/// The Riemannian Hessian of g on alpha f(B) in the unit tangent direction u = J v/|J v|: u^T grad^2 g u and the second fundamental form paired with the normal part of the
/// gradient, (I - P) grad g . D^2 f[v, v]/(alpha |J v|^2). It is the second derivative of g along the geodesic.
/// </summary>
internal static class GeodesicHessian
{
    private const int MostCoordinates = 4;

    /// <summary>Directions of weights to look in: that of the step, and some coordinates.</summary>
    internal static IEnumerable<Real[]> Directions(Iterate point)
    {
        int p = point.Weights.Length;
        yield return point.Direction;
        for (int a = 0; a < Math.Min(p, MostCoordinates); a++) yield return [.. Enumerable.Range(0, p).Select(b => (Real)(a == b ? 1 : 0))];
    }

    /// <summary>u^T grad^2 g u.</summary>
    internal static Real Euclidean(Problem problem, Iterate point, Real[] direction)
    {
        Real[] tangent = point.Linearization.Jacobian.Times(direction);
        return RealVectors.Dot([.. tangent.Select(value => value.Square())], problem.Loss.Curvatures(point.Outputs)) / RealVectors.SquaredNorm(tangent);
    }

    /// <summary>What the Riemannian one has beyond that.</summary>
    internal static Real Bending(Problem problem, Real alpha, Iterate point, Real[] direction)
    {
        Linearization linearization = point.Linearization;
        Real[] tangent = linearization.Jacobian.Times(direction), normal = RealVectors.Subtract(point.Gradient, linearization.Jacobian.Times(point.Direction));
        return RealVectors.Dot(normal, problem.Network.SecondDerivative(point.Weights, direction)) / (alpha * RealVectors.SquaredNorm(tangent));
    }

    /// <summary>Both.</summary>
    internal static Real Riemannian(Problem problem, Real alpha, Iterate point, Real[] direction) => Euclidean(problem, point, direction) + Bending(problem, alpha, point, direction);
}
