using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Settings;

/// <summary>A problem with p below n, r = 1/2 and a scaling factor for 6R, and exact points of B.</summary>
internal sealed class UnderparameterizedSetting : PointSetting, ISettings<UnderparameterizedSetting>
{
    private const int InstanceBits = 320;
    private const int PointBits = 160;

    private UnderparameterizedSetting(string name, UndampedRepairs theory, ulong seed)
        : base(theory.Constants, $"{name}, α = {theory.Alpha}, r = 1/2", theory.Alpha, 0, theory.Radius, seed, PointBits) => Theory = theory;

    internal UndampedRepairs Theory { get; }

    internal override IEnumerable<Claim> Hypotheses =>
        [SharedHypotheses.LambdaIsPositive(Constants), SharedHypotheses.Assumption2(Constants), AllWithin("|w - w_init| < 2rλ₀/L", Theory.Radius)];

    public static IEnumerable<UnderparameterizedSetting> All(Scope scope)
    {
        foreach (Recipe recipe in Recipes.Underparameterized.Take(scope == Scope.Quick ? 20 : Recipes.Underparameterized.Count)) yield return Of(recipe.Name, recipe.Seed);
        yield return Of("Curve", 21);
        yield return Of("Fold", 22);
    }

    private static UnderparameterizedSetting Of(string name, ulong seed) => new(name, UndampedRepairs.WithSufficientAlpha(new Constants(InstanceData.Named(name).At(InstanceBits))), seed);
}
