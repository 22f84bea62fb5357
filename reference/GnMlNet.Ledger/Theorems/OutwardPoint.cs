using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Theorems;

/// <summary>A weight on the border of the ball r_0 at which the flow points outward: the flow from weights a little before it, inside the ball, leaves it.</summary>
/// <remarks>docs/ledger-methods.md, "Leaving the ball r_0". For p above n.</remarks>
internal sealed class OutwardPoint
{
    private static readonly int[] Quarters = [5, 6, 7];

    private readonly Constants _constants;
    private readonly Real _alpha, _rho;

    private OutwardPoint(Constants constants, Real alpha, Real rho, Real[] displacement) => (_constants, _alpha, _rho, Displacement) = (constants, alpha, rho, displacement);

    /// <summary>w - w_init, r_0 long.</summary>
    internal Real[] Displacement { get; }

    /// <summary>The cosine of the angle between w - w_init and w': positive where the flow points outward.</summary>
    internal Real Cosine
    {
        get
        {
            Problem problem = _constants.Problem;
            Real[] weights = RealVectors.Add(problem.InitialWeights, Displacement), gradient = problem.Loss.Gradient(problem.ScaledOutputs(weights, _alpha));
            Real[]? direction = new Linearization(problem.Network, weights).Direction(_rho, gradient);
            return direction is null ? Real.Indeterminate : -RealVectors.Dot(Displacement, direction) / (RealVectors.Norm(Displacement) * RealVectors.Norm(direction));
        }
    }

    /// <summary>The most outward of some candidates; null where the kernel is not enclosed well enough to propose any.</summary>
    internal static OutwardPoint? Of(Constants constants, Real alpha, Real rho)
    {
        var start = new Linearization(constants.Problem.Network, constants.Problem.InitialWeights);
        if (SymmetricFactor.TryFactor(start.Kernel, 0) is not { IsPositiveDefinite: true } kernel) return null;
        return Candidates().Select(displacement => new OutwardPoint(constants, alpha, rho, displacement)).MaxBy(point => point.Cosine.Ball.Midpoint);

        // J^T K^-1 v, the shortest z with J z = v.
        Real[] Preimage(Real[] outputs) => start.Jacobian.TransposeTimes(kernel.Solve(outputs));

        IEnumerable<Real[]> Candidates()
        {
            int p = constants.Problem.Network.Parameters;
            for (int k = 0; k < p; k++)
            {
                // A direction u in which the outputs do not change to first order: J(w_init) u = 0.
                Real[] unit = [.. Enumerable.Range(0, p).Select(a => (Real)(a == k ? 1 : 0))];
                Real[] still = Stretched(RealVectors.Subtract(unit, Preimage(start.Jacobian.Times(unit))));
                Real[] outputs = constants.Problem.Outputs(RealVectors.Add(constants.Problem.InitialWeights, still));
                foreach (int quarters in Quarters) yield return Stretched(RealVectors.Subtract(still, RealVectors.Scale(((Real)quarters).Shift(-2), Preimage(outputs))));
            }
        }

        // The direction of the midpoints, exactly r_0 long.
        Real[] Stretched(Real[] direction)
        {
            Real[] middle = RealVectors.Middle(direction);
            return RealVectors.Scale(constants.Radius / RealVectors.Norm(middle), middle);
        }
    }
}
