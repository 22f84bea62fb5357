using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Settings;

/// <summary>The experiment of Section 5 with one of its scaling factors, and what holds on the greatest B that Assumption 2 allows, for every r in (0, 1).</summary>
internal sealed class CaliforniaSetting : Setting, ISettings<CaliforniaSetting>
{
    private const int InstanceBits = 256;

    // The paper's alpha: 1/8, 8, 16, 256.
    private static readonly int[] Shifts = [-3, 3, 4, 8];

    private static readonly Lazy<Shared> Common = new(Enclose);

    private readonly Real _alpha;

    private CaliforniaSetting(int shift) => _alpha = ((Real)1).Shift(shift);

    internal override string Name => $"California256, α = {_alpha}";

    internal override int Bits => InstanceBits;

    internal override IEnumerable<Claim> Hypotheses => Common.Value.Bounds;

    internal static Real InitialLoss => Common.Value.Problem.InitialLoss;

    /// <summary>At least |J| on B.</summary>
    internal static Real GreatestJacobian => Common.Value.JacobianNorm + (Common.Value.Modulus * Common.Value.Radius);

    /// <summary>|J^T grad g| at w_init.</summary>
    internal static Real InitialStationarity => Common.Value.InitialStationarity;

    /// <summary>At least the change of J^T grad g within B: L R |grad g| + (|J| + L R) mu alpha (|J| R + L R^2/2), R the radius.</summary>
    internal Real GreatestChange
    {
        get
        {
            Shared common = Common.Value;
            Real motion = (common.JacobianNorm * common.Radius) + (common.Modulus * common.Radius.Square()).Shift(-1);
            return (common.Modulus * common.Radius * common.GradientNorm) + (GreatestJacobian * common.Problem.Loss.Smoothness * _alpha * motion);
        }
    }

    /// <summary>That it is the experiment: 256 rows of 8 components, 18 units.</summary>
    public static IEnumerable<Claim> Asks(InstanceData instance)
    {
        yield return Claims.LessOrEqual("256 ≤ n", 256, instance.Rows);
        yield return Claims.LessOrEqual("144 ≤ p = 8·18", 144, instance.Parameters);
    }

    public static IEnumerable<CaliforniaSetting> Of(InstanceData instance, Scope scope) => Shifts.Select(shift => new CaliforniaSetting(shift));

    private static Shared Enclose()
    {
        Problem problem = InstanceData.Named("California256").At(InstanceBits);
        var start = new Linearization(problem.Network, problem.InitialWeights);
        Real[] gradient = problem.Loss.Gradient(new Real[problem.Network.Rows]);
        Real lambda = Real.Parse("0.08", InstanceBits), jacobianNorm = Real.Parse("30", InstanceBits);
        int small = SymmetricFactor.TryFactor(start.Gram, -(4 * lambda.Square()))?.NegativePivots ?? 0;
        int below = SymmetricFactor.TryFactor(start.Gram, -jacobianNorm.Square())?.NegativePivots ?? 0;
        return new Shared(
            problem,
            RealVectors.Norm(gradient),
            RealVectors.Norm(start.Jacobian.TransposeTimes(gradient)),
            jacobianNorm,
            new FeatureMoments(problem.Network).JacobianModulusAbove(InstanceBits),
            2 * lambda / problem.Network.JacobianModulusBelow(InstanceBits),
            [
                Claims.LessOrEqual("1 ≤ the number of eigenvalues of JᵀJ below 4·0.08²: no λ₀ above 0.08 meets Assumption 2", 1, small),
                Claims.LessOrEqual("p ≤ the number of eigenvalues of JᵀJ below 30²: |J(w_init)| ≤ 30", problem.Network.Parameters, below),
            ]);
    }

    // Radius: 2 lambda_0/L with lambda_0 from above and L from below. Bounds: of lambda_0 and |J|, by counting eigenvalues.
    private sealed record Shared(
        Problem Problem, Real GradientNorm, Real InitialStationarity, Real JacobianNorm, Real Modulus, Real Radius, IReadOnlyList<Claim> Bounds);
}
