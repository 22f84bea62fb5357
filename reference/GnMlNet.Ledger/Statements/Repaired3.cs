using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>f is bi-Lipschitz on B.</summary>
internal sealed class Repaired3() : CollectionStatement(new StatementText(
    "3R",
    "Weights at a distance in B have outputs at a distance: f is injective on B with a continuous inverse.",
    ["Assumption 2", "r in (0, 1)", "w and w' in B"],
    "|f(w) - f(w')| ≥ (2λ₀ - (L/2)(|w - w_init| + |w' - w_init|))|w - w'| ≥ 2λ₀(1-r)|w - w'|",
    "At pairs of seeded points of B with r = 15/16: far apart, close together, and on opposite sides.",
    VerdictKind.ProvedOnInstances,
    Anchor: "3r-f-is-bi-lipschitz-on-b"))
{
    private const int Bits = 320;

    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Underparameterized(instance);

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope)
    {
        int pairs = scope == Scope.Quick ? 4 : 40;
        Constants constants = ConstantsOfInstance.At(instance, Bits);
        Problem problem = constants.Problem;
        Real r = 15 * ((Real)1).Shift(-4);
        var points = new PointsOfBall(problem.InitialWeights, 2 * r * constants.Lambda0 / constants.Modulus, instance.Seed);
        var inside = new List<Claim>();
        var sharp = new List<Claim>();
        var uniform = new List<Claim>();
        for (int k = 0; k < pairs; k++)
        {
            Real[] first = points.Next(), second = k % 2 == 0 ? points.Next() : points.Near(first, 20);
            Real distance = RealVectors.Norm(RealVectors.Subtract(first, second)), apart = RealVectors.Norm(RealVectors.Subtract(problem.Outputs(first), problem.Outputs(second)));
            Real displacements = problem.Displacement(first) + problem.Displacement(second);
            inside.Add(Claims.Less("|w - w_init|, |w' - w_init| < 2rλ₀/L", Real.Max(problem.Displacement(first), problem.Displacement(second)), 2 * r * constants.Lambda0 / constants.Modulus));
            sharp.Add(Claims.LessOrEqual("(2λ₀ - (L/2)(|w - w_init| + |w' - w_init|))|w - w'| ≤ |f(w) - f(w')|", ((2 * constants.Lambda0) - (constants.Modulus * displacements).Shift(-1)) * distance, apart));
            uniform.Add(Claims.LessOrEqual("2λ₀(1-r)|w - w'| ≤ |f(w) - f(w')|", 2 * constants.Lambda0 * (1 - r) * distance, apart));
        }

        yield return new Finding($"{instance.Name}, r = 15/16", Bits, [SharedHypotheses.LambdaIsPositive(constants), SharedHypotheses.Assumption2(constants), Claim.All(inside)], [Claim.All(sharp), Claim.All(uniform)]);
    }
}
