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

    internal override IEnumerable<Claim> Hypotheses => SharedHypotheses.OfSection3(Constants, Rho);

    internal override IEnumerable<Claim> Premises => [.. base.Premises, AllWithin("|w - w_init| < r₀", Constants.Radius)];

    public static IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Overparameterized(instance);

    public static IEnumerable<OverparameterizedSetting> Of(InstanceData instance, Scope scope)
    {
        Constants constants = ConstantsOfInstance.At(instance, InstanceBits);
        Real square = constants.Lambda0.Square(), greatest = constants.LambdaN.Square();
        // Within the paper's range; far below lambda_0^2, at it, and between lambda_0^2 and lambda_n^2.
        Real rho = (instance.Seed % 3) switch { 0 => square.Shift(-8), 1 => square, _ => (square * greatest).Sqrt() };
        yield return new OverparameterizedSetting(
            instance.Name, constants, ScalingFactor.Above(2 * constants.Unit), ScalingFactor.Below(Real.Min(rho, greatest / (1 + greatest))), instance.Seed);
    }
}
