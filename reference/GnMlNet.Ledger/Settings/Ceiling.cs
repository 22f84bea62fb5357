using GnMlNet.Ledger.Curves;
using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Settings;

/// <summary>How far any weights reach towards the targets, for inputs of one component: y . phi(w) is the sum over the units of c_i Psi(w_i), Psi(w) = sum_j y_j sigma(x_j w).</summary>
/// <remarks>docs/ledger-methods.md, "Extrema and integrals", targets out of reach.</remarks>
internal sealed class Ceiling
{
    private readonly Problem _problem;

    // h: y . f(w) is at most this for every w.
    private readonly Real _reach;

    private Ceiling(Problem problem)
    {
        _problem = problem;
        Network network = problem.Network;
        var function = new TargetFunction(network, problem.Loss.Targets);
        Real greatest = function.Greatest(), least = function.Least();
        int positive = Enumerable.Range(0, network.Units).Count(i => network.Sign(i) > 0);
        _reach = (positive * greatest) - ((network.Units - positive) * least) - RealVectors.Dot(problem.Loss.Targets, network.Outputs(problem.InitialWeights));
    }

    private Real SquaredTarget => RealVectors.SquaredNorm(_problem.Loss.Targets);

    /// <summary>That of a problem, or null where inputs have more components than one.</summary>
    internal static Ceiling? Of(Problem problem) => problem.Network.Dimension == 1 ? new Ceiling(problem) : null;

    /// <summary>No weights have a smaller objective than this: by strong convexity it is at least (nu/2)|psi - y|^2, and (|y|^2 - alpha h)/|y| is at most |psi - y| while alpha h is at most |y|^2.</summary>
    internal Real Floor(Real alpha) => _problem.Loss.StrongConvexity.Shift(-1) * (SquaredTarget - (alpha * _reach)).Square() / SquaredTarget;

    /// <summary>What the floor rests on.</summary>
    internal Claim IsOutOfReach(Real alpha) => Claims.Less("α h < |y|²", alpha * _reach, SquaredTarget);
}
