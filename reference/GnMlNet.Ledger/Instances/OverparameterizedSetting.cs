using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Trajectories;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Instances;

/// <summary>A problem with p at least n, a damping and a scaling factor, and exact points of the ball r_0: seeded ones and points next to Gauss-Newton steps.</summary>
internal sealed class OverparameterizedSetting
{
    private const int Bits = 320;
    private const int PointBits = 128;

    private OverparameterizedSetting(string name, int index, ulong seed)
    {
        Constants = new Constants(InstanceData.Named(name).At(Bits));
        Real square = Constants.Lambda0.Square(), greatest = Constants.LambdaN.Square();
        // Within the paper's range; far below lambda_0^2, at it, and between lambda_0^2 and lambda_n^2.
        Real rho = (index % 3) switch { 0 => square.Shift(-8), 1 => square, _ => (square * greatest).Sqrt() };
        Rho = ScalingFactor.Below(Real.Min(rho, greatest / (1 + greatest)));
        Alpha = ScalingFactor.Above(2 * Constants.Unit);
        Name = $"{name}, α = {Alpha}, ρ = {Rho}";
        var points = new PointsOfBall(Problem.InitialWeights, Constants.Radius, seed);
        Real tau = ScalingFactor.Below(1 / (2 * Constants.Mu));
        Real[][] weights =
        [
            points.Next(),
            points.Next(),
            .. new GaussNewtonSteps(Problem, Alpha, Rho, tau).Take(3).Select(point => Vectors.Rounded(point.Weights, PointBits)),
        ];
        var steps = new GaussNewtonSteps(Problem, Alpha, Rho, tau);
        Points = [.. weights.Select((point, k) => steps.At(k, point) ?? throw new InvalidOperationException($"A step of {Name} is not enclosed."))];
    }

    internal string Name { get; }

    internal Constants Constants { get; }

    internal Problem Problem => Constants.Problem;

    internal int Precision => Problem.Bits;

    internal Real Alpha { get; }

    internal Real Rho { get; }

    /// <summary>Points with everything that is known there.</summary>
    internal IReadOnlyList<Iterate> Points { get; }

    /// <summary>s(lambda_0^2).</summary>
    internal Real LeastRate => Constants.Rate(Constants.Lambda0.Square(), Rho);

    internal IEnumerable<Claim> Hypotheses =>
    [
        .. SharedHypotheses.OfSection3(Constants, Rho),
        Claim.All(Points.Select(point => Claims.Less("|w - w_init| < r₀", Problem.Displacement(point.Weights), Constants.Radius))),
    ];

    internal static IEnumerable<OverparameterizedSetting> All(Scope scope)
    {
        Recipe[] recipes = [.. Recipes.Overparameterized];
        foreach ((int index, Recipe recipe) in recipes.Index().Take(scope == Scope.Quick ? 20 : recipes.Length)) yield return new OverparameterizedSetting(recipe.Name, index, recipe.Seed);
        yield return new OverparameterizedSetting("Q", 0, 11);
        yield return new OverparameterizedSetting("G", 1, 12);
    }

    /// <summary>What is found where the same claims are made at every point.</summary>
    internal Finding AtEveryPoint(params Func<Iterate, Claim>[] claims) =>
        new(Name, Precision, [.. Hypotheses], [.. claims.Select(claim => Claim.All(Points.Select(claim)))]);
}
