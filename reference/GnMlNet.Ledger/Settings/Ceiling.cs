using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Settings;

/// <summary>How far any weights reach towards the targets, for signs of 1, one input and two rows x, 2x that differ by a factor of 2: y . phi(w) is a sum of Psi over the units.</summary>
/// <remarks>docs/ledger-methods.md, "Extrema and integrals", targets out of reach.</remarks>
internal sealed class Ceiling
{
    // The least value of the polynomial on [-1, 1]; and h: y . f(w) is at most this for every w.
    private readonly Real _reserve, _reach;

    /// <param name="name">The instance.</param>
    /// <param name="greatest">M, in decimal.</param>
    /// <param name="bits">The precision.</param>
    internal Ceiling(string name, string greatest, int bits)
    {
        Problem = InstanceData.Named(name).At(bits);
        Real m = Real.Parse(greatest, bits);
        RealMatrix x = Problem.Network.Inputs;
        Real[] y = Problem.Loss.Targets;
        if (Problem.Network.Rows != 2 || Enumerable.Range(0, Problem.Network.Units).Any(i => Problem.Network.Sign(i) != 1)) throw new ArgumentException("Two rows and signs of 1 are needed.", nameof(name));
        bool isFirstSmaller = (x[1, 0] - x[0, 0]).IsPositive;
        (Real smaller, Real greater) = isFirstSmaller ? (y[0], y[1]) : (y[1], y[0]);
        Real gap = isFirstSmaller ? x[1, 0] - (2 * x[0, 0]) : x[0, 0] - (2 * x[1, 0]);
        if (gap.Ball.Sign != 0) throw new ArgumentException("One input must be twice the other.", nameof(name));
        Real Polynomial(Real u) => m - ((smaller + (2 * greater)) * u) + (m * u.Square()) - (smaller * u.Pow(3));
        Real Slope(Real u) => (2 * m * u) - (smaller + (2 * greater)) - (3 * smaller * u.Square());
        _reserve = Extremum.Minimum(Polynomial, Slope, -1, 1, ((Real)1).Shift(-50));
        _reach = (Problem.Network.Units * m) - RealVectors.Dot(y, Problem.Network.Outputs(Problem.InitialWeights));
    }

    internal Problem Problem { get; }

    /// <summary>No weights have a smaller objective than this.</summary>
    internal Real Floor(Real alpha)
    {
        Real square = RealVectors.SquaredNorm(Problem.Loss.Targets);
        return (square - (alpha * _reach)).Square() / square;
    }

    /// <summary>What the floor rests on.</summary>
    internal IEnumerable<Claim> Premises(Real alpha)
    {
        yield return Claims.LessOrEqual("0 ≤ the least value on [-1, 1] of M(1 + u²) - y_s u(1 + u²) - 2 y_g u: Ψ ≤ M", 0, _reserve);
        yield return Claims.LessOrEqual("α h ≤ |y|²", alpha * _reach, RealVectors.SquaredNorm(Problem.Loss.Targets));
    }
}
