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

    internal override IEnumerable<Claim> Hypotheses => [SharedHypotheses.LambdaIsPositive(Constants), SharedHypotheses.Assumption2(Constants)];

    internal override IEnumerable<Claim> Premises => [.. base.Premises, AllWithin("|w - w_init| < 2rλ₀/L", Theory.Radius)];

    public static IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Underparameterized(instance);

    public static IEnumerable<UnderparameterizedSetting> Of(InstanceData instance, Scope scope)
    {
        yield return new UnderparameterizedSetting(instance.Name, UndampedRepairs.WithSufficientAlpha(ConstantsOfInstance.At(instance, InstanceBits)), instance.Seed);
    }

    /// <summary>Those of all instances with p below n.</summary>
    public static IEnumerable<UnderparameterizedSetting> All(Scope scope) => SettingsOfInstance<UnderparameterizedSetting>.OfCollection(scope);
}
