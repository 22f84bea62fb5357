using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Trajectories;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Instances;

/// <summary>A problem with p below n, r = 1/2 and a scaling factor for 6R, and exact points of B: seeded ones and points next to undamped steps.</summary>
internal sealed class UnderparameterizedSetting
{
    private const int Bits = 320;
    private const int PointBits = 160;

    private UnderparameterizedSetting(string name, ulong seed)
    {
        Constants = new Constants(InstanceData.Named(name).At(Bits));
        R = ((Real)1).Shift(-1);
        Alpha = Underparameterized.SufficientAlpha(Constants, R);
        Theory = new Underparameterized(Constants, Alpha, R);
        Name = $"{name}, α = {Alpha}, r = 1/2";
        var points = new PointsOfBall(Problem.InitialWeights, Theory.Radius, seed);
        var steps = new GaussNewtonSteps(Problem, Alpha, 0, ScalingFactor.Below(1 / (2 * Constants.Mu)));
        Real[][] weights = [points.Next(), points.Next(), .. steps.Take(3).Select(point => Vectors.Rounded(point.Weights, PointBits))];
        Points = [.. weights.Select((point, k) => steps.At(k, point) ?? throw new InvalidOperationException($"A step of {Name} is not enclosed."))];
    }

    internal string Name { get; }

    internal Constants Constants { get; }

    internal Problem Problem => Constants.Problem;

    internal int Precision => Problem.Bits;

    internal Real Alpha { get; }

    internal Real R { get; }

    internal Underparameterized Theory { get; }

    /// <summary>Points with everything that is known there.</summary>
    internal IReadOnlyList<Iterate> Points { get; }

    internal IEnumerable<Claim> Hypotheses =>
    [
        SharedHypotheses.LambdaIsPositive(Constants),
        SharedHypotheses.Assumption2(Constants),
        Claim.All(Points.Select(point => Claims.Less("|w - w_init| < 2rλ₀/L", Problem.Displacement(point.Weights), Theory.Radius))),
    ];

    internal static IEnumerable<UnderparameterizedSetting> All(Scope scope)
    {
        foreach (Recipe recipe in Recipes.Underparameterized.Take(scope == Scope.Quick ? 20 : Recipes.Underparameterized.Count)) yield return new UnderparameterizedSetting(recipe.Name, recipe.Seed);
        yield return new UnderparameterizedSetting("Curve", 21);
        yield return new UnderparameterizedSetting("Fold", 22);
    }

    /// <summary>What is found where the same claims are made at every point.</summary>
    internal Finding AtEveryPoint(params Func<Iterate, Claim>[] claims) =>
        new(Name, Precision, [.. Hypotheses], [.. claims.Select(claim => Claim.All(Points.Select(claim)))]);

    /// <summary>P = J (J^T J)^-1 J^T.</summary>
    internal static RealMatrix Projection(Iterate point)
    {
        Linearization linearization = point.Linearization;
        SymmetricFactor? factor = SymmetricFactor.TryFactor(linearization.Gram, 0);
        if (factor is null) throw new InvalidOperationException("The Gram matrix is not enclosed well enough to be inverted.");
        return linearization.Jacobian * (factor.Inverse() * linearization.Jacobian.Transpose());
    }
}
