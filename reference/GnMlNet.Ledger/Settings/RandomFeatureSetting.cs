using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Settings;

/// <summary>Inputs and targets of an instance with a seeded hidden layer that is not trained, the quadratic loss, a damping and a scaling factor, and the flow of the output weights.</summary>
internal sealed class RandomFeatureSetting : Setting, ISettings<RandomFeatureSetting>
{
    private const int InstanceBits = 384;
    private const int MostBits = 1536;

    // The last time is at least this many times the one in which the slowest direction decays by a factor e.
    private const int DecayTimes = 4;

    private static readonly (string Name, Activation Activation)[] Kinds = [("tanh", Activation.Tanh), ("logistic", Activation.Logistic), ("cosine", Activation.Cosine)];

    private readonly RandomFeatures _features;

    /// <param name="name">What the name begins with.</param>
    /// <param name="features">The network.</param>
    /// <param name="targets">y.</param>
    /// <param name="index">What damping and scaling factor are chosen by.</param>
    /// <param name="bits">The precision.</param>
    internal RandomFeatureSetting(string name, RandomFeatures features, Real[] targets, int index, int bits)
    {
        (_features, Targets, SmallestEigenvalue, Bits) = (features, targets, Eigenvalues.Smallest(features.Kernel), bits);
        Lambda0 = Real.Exact(SmallestEigenvalue.Least.Sqrt().Shift(-1).Ball.Lower.Truncate(53), bits);
        Real square = Lambda0.Square();
        // Below, at and above lambda_0^2, and plain gradient flow.
        Rho = (index % 4) switch { 0 => ScalingFactor.Below(square.Shift(-4)), 1 => ScalingFactor.Below(square), 2 => ScalingFactor.Below(Real.Min(1, square.Shift(6))), _ => 1 };
        // No condition on it: far below one, one, and far above.
        Alpha = ((Real)1).Shift(10 * ((index % 3) - 1));
        Path = Lambda0.IsPositive && LinearFlow.Of(features.Kernel, Rho) is { } flow ? [.. Follow(flow)] : [];
        Name = $"{name}, α = {Alpha}, ρ = {Rho}" + (Path.Count == 0 ? ": the flow is not enclosed" : $", {Path.Count} times up to {Path[^1].Time}");
    }

    internal override string Name { get; }

    internal override int Bits { get; }

    internal override IEnumerable<Claim> Hypotheses =>
    [
        // A single row has no other.
        .. Distances().Take(1).Select(_ => Claim.All(Distances().Select(distance => Claims.Less("0 < |x_i - x_j|² for i ≠ j", 0, distance)))),
        Claims.LessOrEqual("n ≤ m", _features.Inputs.Rows, _features.Units),
        Claims.Less("0 < λ₀", 0, Lambda0),
        Claims.LessOrEqual("4λ₀² ≤ λ_min(K)", 4 * Lambda0.Square(), SmallestEigenvalue),
        Claims.Less("0 < ρ", 0, Rho),
        Claims.LessOrEqual("ρ ≤ 1", Rho, 1),
    ];

    /// <summary>y.</summary>
    internal Real[] Targets { get; }

    /// <summary>lambda_min(K), the same all along.</summary>
    internal Real SmallestEigenvalue { get; }

    /// <summary>lambda_0, an exact number just below half the root of that.</summary>
    internal Real Lambda0 { get; }

    internal Real Rho { get; }

    internal Real Alpha { get; }

    /// <summary>g(0) = |y|^2.</summary>
    internal Real InitialLoss => RealVectors.SquaredNorm(Targets);

    /// <summary>2 nu s(4 lambda_0^2), nu = 2.</summary>
    internal Real Rate => 4 * Constants.Rate(4 * Lambda0.Square(), Rho);

    /// <summary>D/(2 lambda_0), D = sqrt(2 Delta_0/nu)/alpha = |y|/alpha: how far the output weights go at most.</summary>
    internal Real GreatestDisplacement => RealVectors.Norm(Targets) / (2 * Alpha * Lambda0);

    /// <summary>The flow at times of which each is twice the last; empty where it is not enclosed.</summary>
    internal IReadOnlyList<PointOfLinearFlow> Path { get; }

    /// <summary>That p is at least n; of the instance inputs and targets are taken, with the quadratic loss.</summary>
    public static IEnumerable<Claim> Asks(InstanceData instance)
    {
        yield return Claims.LessOrEqual("n ≤ p", instance.Rows, instance.Parameters);
    }

    public static IEnumerable<RandomFeatureSetting> Of(InstanceData instance, Scope scope)
    {
        int index = (int)(instance.Seed % 12);
        for (int kind = 0; kind < Kinds.Length; kind++) yield return Of(instance, kind, index + kind);
    }

    /// <summary>The setting of an instance with its kind of units, and as many bits as it takes.</summary>
    private static RandomFeatureSetting Of(InstanceData instance, int kind, int index)
    {
        for (int bits = InstanceBits; ; bits *= 2)
        {
            Problem problem = instance.At(bits);
            int rows = problem.Network.Rows;
            // As many units as rows, some more, and many more.
            int units = ((index / Kinds.Length) % 3) switch { 0 => rows, 1 => rows + 2, _ => 8 * rows };
            RandomFeatures features = FixedHiddenLayer.Draw(Kinds[kind].Activation, problem.Network.Inputs, units, 3000 + (ulong)index, bits);
            var setting = new RandomFeatureSetting($"{instance.Name}, {units} {Kinds[kind].Name} units", features, problem.Loss.Targets, index, bits);
            if (setting.Path.Count > 0 || 2 * bits > MostBits) return setting;
        }
    }

    private IEnumerable<PointOfLinearFlow> Follow(LinearFlow flow)
    {
        SymmetricFactor? kernel = SymmetricFactor.TryFactor(_features.Kernel, 0);
        if (kernel is null) yield break;
        foreach ((Real time, Real[] residuals) in flow.Until(2 * DecayTimes / Rate, [.. Targets.Select(target => -target)]))
        {
            // w - w_init = J^T K^-1 psi/alpha, so its square is psi^T K^-1 psi/alpha^2.
            Real[] outputs = RealVectors.Add(residuals, Targets);
            Real displacement = RealVectors.Dot(outputs, kernel.Solve(outputs)).Sqrt() / Alpha;
            // |grad g|_M^2 with grad g = 2 r.
            Real dissipation = 4 * RealVectors.Dot(residuals, flow.Metric.Times(residuals));
            yield return new PointOfLinearFlow(time, RealVectors.SquaredNorm(residuals), dissipation, displacement);
        }
    }

    private IEnumerable<Real> Distances() =>
        from i in Enumerable.Range(0, _features.Inputs.Rows)
        from j in Enumerable.Range(0, i)
        select RealVectors.SquaredNorm([.. Enumerable.Range(0, _features.Inputs.Columns).Select(k => _features.Inputs[i, k] - _features.Inputs[j, k])]);
}
