using GnMlNet.Ledger.Problems;
using GnMlNet.Reference.Networks;

namespace GnMlNet.Ledger.Instances;

/// <summary>How a seeded instance was made. Its file holds the numbers; a test makes them anew and compares.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Seed">Of the generator.</param>
/// <param name="Rows">n.</param>
/// <param name="Dimension">d.</param>
/// <param name="Units">m.</param>
/// <param name="IsLogistic">Whether the activation is the logistic function.</param>
/// <param name="IsPseudoHuber">Whether the loss is the pseudo-Huber loss plus a quadratic.</param>
/// <param name="IsNoisy">Whether the targets have a part that no direction of the weights explains.</param>
/// <param name="Closeness">
/// The condition number grows like 2^(2 times this): for p at least n the last input lies so many binary places from the first one, for p below n the last component of
/// all inputs, or for one component the last unit's distance from the first, is so many places smaller.
/// </param>
/// <param name="HasUnitInputs">Whether the inputs have length 1, up to 2^-12.</param>
internal sealed record Recipe(
    string Name, ulong Seed, int Rows, int Dimension, int Units, bool IsLogistic, bool IsPseudoHuber, bool IsNoisy, int Closeness, bool HasUnitInputs = false)
{
    private const int Bits = 96;

    internal bool IsOverparameterized => Units * Dimension >= Rows;

    /// <summary>The instance.</summary>
    internal InstanceData Make()
    {
        var random = new SplitMix(Seed);
        Dyadic[][] inputs = Inputs(random), weights = Weights(random);
        int[] signs = [.. Enumerable.Range(0, Units).Select(_ => random.Sign())];
        var data = new InstanceData(
            Name,
            $"n = {Rows}, d = {Dimension}, m = {Units}; {(IsNoisy ? "noisy" : "noiseless")} targets; closeness {Closeness}; seed {Seed}",
            IsLogistic ? Sigmoid.Logistic : Sigmoid.Tanh,
            IsPseudoHuber ? LossKind.PseudoHuber : LossKind.Quadratic,
            Text(inputs),
            signs,
            Text(weights),
            [.. Enumerable.Repeat("0", Rows)]);
        return data with { Targets = Targets(data, random) };
    }

    private static string[][] Text(Dyadic[][] numbers) => [.. numbers.Select(row => row.Select(DecimalText.Of).ToArray())];

    private Dyadic[][] Inputs(SplitMix random)
    {
        Dyadic[][] inputs = [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, Dimension).Select(_ => random.Normal().RoundTo(-8)).ToArray())];
        if (HasUnitInputs) return [.. inputs.Select(Normalized)];
        int last = Dimension - 1;
        if (IsOverparameterized) inputs[Rows - 1] = [.. inputs[0].Select(value => value + (random.Normal().RoundTo(-8) << -Closeness))];
        else if (Dimension > 1) foreach (Dyadic[] input in inputs) input[last] <<= -Closeness;
        return inputs;
    }

    private Dyadic[][] Weights(SplitMix random)
    {
        Dyadic[][] weights = [.. Enumerable.Range(0, Units).Select(_ => Enumerable.Range(0, Dimension).Select(_ => random.Normal().RoundTo(-8)).ToArray())];
        if (!IsOverparameterized && Dimension == 1 && Units > 1) weights[Units - 1][0] = weights[0][0] + (random.Normal().RoundTo(-8) << -Closeness);
        return weights;
    }

    private static Dyadic[] Normalized(Dyadic[] input)
    {
        Real[] x = [.. input.Select(value => Real.Exact(value, Bits))];
        Real norm = RealVectors.Norm(x);
        return [.. x.Select(value => (value / norm).Ball.Midpoint.RoundTo(-12))];
    }

    // J v for a random direction v of length about 1, and noise; rounded to 2^-20.
    private string[] Targets(InstanceData data, SplitMix random)
    {
        Problem problem = data.At(Bits);
        Real[] direction = [.. Enumerable.Range(0, problem.Network.Parameters).Select(_ => Real.Exact(random.Normal(), Bits))];
        Real[] targets = problem.Network.Jacobian(problem.InitialWeights).Times(direction);
        if (IsNoisy) targets = [.. targets.Select(value => value + Real.Exact(random.Normal() << -1, Bits))];
        return [.. targets.Select(value => DecimalText.Of(value.Ball.Midpoint.RoundTo(-20)))];
    }
}
