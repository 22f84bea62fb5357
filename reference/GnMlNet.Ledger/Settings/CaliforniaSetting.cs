using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Settings;

/// <summary>
/// Our replication of the experiment of Section 5 with one of its scaling factors: what holds on the greatest B that Assumption 2 allows, for every r in (0, 1), and after one
/// step of Euler's. The paper names neither its rows nor its initial weights, so nothing here is about its own run.
/// </summary>
internal sealed class CaliforniaSetting : Setting, ISettings<CaliforniaSetting>
{
    private const int InstanceBits = 256;

    // The paper's alpha: 1/8, 8, 16, 256.
    private static readonly int[] Shifts = [-3, 3, 4, 8];

    private static readonly Lazy<Shared> Common = new(Enclose);

    private CaliforniaSetting(int shift) => Alpha = ((Real)1).Shift(shift);

    internal override string Name => $"California256, our rows, α = {Alpha}";

    internal override int Bits => InstanceBits;

    internal override IEnumerable<Claim> Hypotheses => Common.Value.Bounds;

    /// <summary>alpha.</summary>
    internal Real Alpha { get; }

    internal static Real InitialLoss => Common.Value.Problem.InitialLoss;

    /// <summary>That some lambda_0 meets Assumption 2.</summary>
    internal static Claim Assumption2 => Common.Value.Assumption2;

    /// <summary>At least the radius of B, 2 lambda_0/L.</summary>
    internal static Real GreatestRadius => Common.Value.Radius;

    /// <summary>At least |J| on B.</summary>
    internal static Real GreatestJacobian => Common.Value.JacobianNorm + (Common.Value.Modulus * Common.Value.Radius);

    /// <summary>J^T grad g at w_init, the direction of plain gradient flow.</summary>
    internal static Real[] GradientDirection => Common.Value.GradientDirection;

    /// <summary>(J^T J)^-1 J^T grad g at w_init, the direction of the Gauss-Newton flow; indeterminate where it is not enclosed.</summary>
    internal static Real[] GaussNewtonDirection => Common.Value.GaussNewtonDirection;

    /// <summary>|J^T grad g| at w_init.</summary>
    internal static Real InitialStationarity => RealVectors.Norm(GradientDirection);

    /// <summary>At least the change of J^T grad g within B: L R |grad g| + (|J| + L R) mu alpha (|J| R + L R^2/2), R the radius.</summary>
    internal Real GreatestChange
    {
        get
        {
            Shared common = Common.Value;
            Real motion = (common.JacobianNorm * common.Radius) + (common.Modulus * common.Radius.Square()).Shift(-1);
            return (common.Modulus * common.Radius * common.GradientNorm) + (GreatestJacobian * common.Problem.Loss.Smoothness * Alpha * motion);
        }
    }

    /// <summary>At most |P grad g|^2 on B, where the change is less than |J^T grad g| at w_init: the rate at which the loss falls there.</summary>
    internal Real LeastDissipation => ((InitialStationarity - GreatestChange) / GreatestJacobian).Square();

    /// <summary>That J^T grad g vanishes nowhere on B.</summary>
    internal Claim HasNoStationaryPoint => Claims.Less("the most that Jᵀ∇g changes over B < |J₀ᵀ∇g(0)|", GreatestChange, InitialStationarity);

    /// <summary>That it is the experiment: 256 rows of 8 components, 18 units.</summary>
    public static IEnumerable<Claim> Asks(InstanceData instance)
    {
        yield return Claims.LessOrEqual("256 ≤ n", 256, instance.Rows);
        yield return Claims.LessOrEqual("144 ≤ p = 8·18", 144, instance.Parameters);
    }

    public static IEnumerable<CaliforniaSetting> Of(InstanceData instance, Scope scope) => Shifts.Select(shift => new CaliforniaSetting(shift));

    /// <summary>The loss after a step of Euler's of 1/100 from w_init, at any scaling factor.</summary>
    internal static Real LossAfterStep(Real[] direction, Real alpha)
    {
        Problem problem = Common.Value.Problem;
        return problem.Objective(RealVectors.Subtract(problem.InitialWeights, Step(direction, alpha)), alpha);
    }

    /// <summary>The change of the weights in such a step.</summary>
    internal static Real[] Step(Real[] direction, Real alpha) => RealVectors.Scale(((Real)1) / (100 * alpha), direction);

    private static Shared Enclose()
    {
        Problem problem = InstanceData.Named("California256").At(InstanceBits);
        var start = new Linearization(problem.Network, problem.InitialWeights);
        Real[] gradient = problem.Loss.Gradient(new Real[problem.Network.Rows]), direction = start.Jacobian.TransposeTimes(gradient);
        Real lambda = Real.Parse("0.08", InstanceBits), less = Real.Parse("0.07", InstanceBits), jacobianNorm = Real.Parse("30", InstanceBits);
        int small = SymmetricFactor.TryFactor(start.Gram, -(4 * lambda.Square()))?.NegativePivots ?? 0;
        int smaller = SymmetricFactor.TryFactor(start.Gram, -(4 * less.Square()))?.NegativePivots ?? problem.Network.Parameters;
        int below = SymmetricFactor.TryFactor(start.Gram, -jacobianNorm.Square())?.NegativePivots ?? 0;
        Real[] unknown = [.. direction.Select(_ => Real.Indeterminate)];
        return new Shared(
            problem,
            RealVectors.Norm(gradient),
            direction,
            SymmetricFactor.TryFactor(start.Gram, 0) is { IsPositiveDefinite: true } factor ? factor.Solve(direction) : unknown,
            jacobianNorm,
            new FeatureMoments(problem.Network).JacobianModulusAbove(InstanceBits),
            2 * lambda / problem.Network.JacobianModulusBelow(InstanceBits),
            Claims.LessOrEqual("the number of eigenvalues of JᵀJ below 4·0.07² ≤ 0: λ₀ = 0.07 meets Assumption 2", smaller, 0),
            [
                Claims.LessOrEqual("1 ≤ the number of eigenvalues of JᵀJ below 4·0.08²: no λ₀ above 0.08 meets Assumption 2", 1, small),
                Claims.LessOrEqual("p ≤ the number of eigenvalues of JᵀJ below 30²: |J(w_init)| ≤ 30", problem.Network.Parameters, below),
            ]);
    }

    // Radius: 2 lambda_0/L with lambda_0 from above and L from below. Bounds: of lambda_0 and |J|, by counting eigenvalues.
    private sealed record Shared(
        Problem Problem, Real GradientNorm, Real[] GradientDirection, Real[] GaussNewtonDirection, Real JacobianNorm, Real Modulus, Real Radius, Claim Assumption2, IReadOnlyList<Claim> Bounds);
}
