using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Settings;

/// <summary>A problem with exact points of a ball around w_init: seeded ones and points next to Gauss-Newton steps.</summary>
internal abstract class PointSetting : ProblemSetting
{
    // Of a problem with large matrices there are fewer points.
    private const int MostRows = 64;

    /// <param name="constants">The constants.</param>
    /// <param name="name">The name, with the numbers.</param>
    /// <param name="alpha">The scaling factor.</param>
    /// <param name="rho">The damping.</param>
    /// <param name="radius">Of the ball.</param>
    /// <param name="seed">Of the seeded points.</param>
    /// <param name="pointBits">To how many bits points next to steps are rounded.</param>
    private protected PointSetting(Constants constants, string name, Real alpha, Real rho, Real radius, ulong seed, int pointBits)
        : base(constants)
    {
        (Name, Alpha) = (name, alpha);
        var points = new PointsOfBall(Problem.InitialWeights, radius, seed);
        Real timeStep = ScalingFactor.Below(1 / (2 * constants.Mu));
        var steps = new GaussNewtonSteps(Problem, alpha, rho, timeStep);
        (int seeded, int taken) = Math.Min(Problem.Network.Rows, Problem.Network.Parameters) > MostRows ? (1, -1) : (2, 3);
        Real[][] weights = [.. Enumerable.Range(0, seeded).Select(_ => points.Next()), .. new StepEnclosure(constants, alpha, rho, timeStep).Take(taken).Select(point => RealVectors.Rounded(point.Weights, pointBits))];
        Points = [.. weights.Select((point, k) => steps.At(k, point)).OfType<Iterate>()];
        _areEnclosed = Claims.LessOrEqual("the number of points ≤ the number at which the step is enclosed", weights.Length, Points.Count);
    }

    private readonly Claim _areEnclosed;

    internal override string Name { get; }

    internal override Real Alpha { get; }

    internal override IEnumerable<Claim> Premises => [_areEnclosed];

    /// <summary>That matrices of n x n are small enough to be written out.</summary>
    internal static Claim HasFewRows(InstanceData instance) => Claims.LessOrEqual($"n ≤ {MostRows}: P is written out", instance.Rows, MostRows);

    /// <summary>Points with everything that is known there; only seeded ones where matrices are large.</summary>
    internal IReadOnlyList<Iterate> Points { get; }

    /// <summary>What is found where the same claims are made at every point.</summary>
    internal Finding AtEveryPoint(params Func<Iterate, Claim>[] claims) => Find(Points.Count == 0 ? [] : [.. claims.Select(claim => Claim.All(Points.Select(claim)))]);

    // That the points lie in the ball: it is the method that chooses them.
    private protected Claim AllWithin(string text, Real radius) => Claim.All(Points.Select(point => Claims.Less(text, Problem.Displacement(point.Weights), radius)));
}
