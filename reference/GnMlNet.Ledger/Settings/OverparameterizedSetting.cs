using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Settings;

/// <summary>A problem with p at least n, a damping and a scaling factor, and exact points of the ball r_0.</summary>
internal sealed class OverparameterizedSetting : PointSetting, ISettings<OverparameterizedSetting>
{
    private const int InstanceBits = 320;
    private const int PointBits = 128;

    private OverparameterizedSetting(string name, Constants constants, Real alpha, Real rho, ulong seed)
        : base(constants, $"{name}, α = {alpha}, ρ = {rho}", alpha, rho, constants.Radius, seed, PointBits) => Rho = rho;

    internal Real Rho { get; }

    internal override IEnumerable<Claim> Hypotheses => [.. SharedHypotheses.OfSection3(Constants, Rho), AllWithin("|w - w_init| < r₀", Constants.Radius)];

    public static IEnumerable<OverparameterizedSetting> All(Scope scope)
    {
        Recipe[] recipes = [.. Recipes.Overparameterized];
        foreach ((int index, Recipe recipe) in recipes.Index().Take(scope == Scope.Quick ? 20 : recipes.Length)) yield return Of(recipe.Name, index, recipe.Seed);
        yield return Of("Q", 0, 11);
        yield return Of("G", 1, 12);
    }

    private static OverparameterizedSetting Of(string name, int index, ulong seed)
    {
        var constants = new Constants(InstanceData.Named(name).At(InstanceBits));
        Real square = constants.Lambda0.Square(), greatest = constants.LambdaN.Square();
        // Within the paper's range; far below lambda_0^2, at it, and between lambda_0^2 and lambda_n^2.
        Real rho = (index % 3) switch { 0 => square.Shift(-8), 1 => square, _ => (square * greatest).Sqrt() };
        return new OverparameterizedSetting(name, constants, ScalingFactor.Above(2 * constants.Unit), ScalingFactor.Below(Real.Min(rho, greatest / (1 + greatest))), seed);
    }
}
