using GnMlNet.Balls;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Problems;
using GnMlNet.Reference.Networks;

namespace GnMlNet.Ledger.Tests.Instances;

/// <summary>Makes the seeded instances anew.</summary>
internal static class InstanceMaker
{
    private const int Bits = 96;

    /// <summary>Inputs of length 1 in three dimensions, five rows, and many units.</summary>
    internal static IReadOnlyList<Recipe> Wide { get; } =
    [
        new("wide16", 3016, 5, 3, 16, false, false, true, 0, true), new("wide64", 3064, 5, 3, 64, false, false, true, 0, true), new("wide400", 3400, 5, 3, 400, false, false, true, 0, true),
    ];

    internal static IEnumerable<Recipe> All => [.. Recipes.Overparameterized, .. Recipes.Underparameterized, .. Wide];

    /// <summary>The instance.</summary>
    internal static InstanceData Make(this Recipe recipe)
    {
        var random = new SplitMix(recipe.Seed);
        Dyadic[][] inputs = Inputs(recipe, random), weights = Weights(recipe, random);
        int[] signs = [.. Enumerable.Range(0, recipe.Units).Select(_ => (random.Next() >> 63) == 0 ? 1 : -1)];
        var data = new InstanceData(
            recipe.Name,
            $"n = {recipe.Rows}, d = {recipe.Dimension}, m = {recipe.Units}; {(recipe.IsNoisy ? "noisy" : "noiseless")} targets; closeness {recipe.Closeness}; seed {recipe.Seed}",
            recipe.IsLogistic ? Sigmoid.Logistic : Sigmoid.Tanh,
            recipe.IsPseudoHuber ? LossKind.PseudoHuber : LossKind.Quadratic,
            Text(inputs),
            signs,
            Text(weights),
            [.. Enumerable.Repeat("0", recipe.Rows)]);
        return data with { Targets = Targets(recipe, data, random) };
    }

    private static string[][] Text(Dyadic[][] numbers) => [.. numbers.Select(row => row.Select(DecimalText.Of).ToArray())];

    private static Dyadic[][] Inputs(Recipe recipe, SplitMix random)
    {
        Dyadic[][] inputs = [.. Enumerable.Range(0, recipe.Rows).Select(_ => Enumerable.Range(0, recipe.Dimension).Select(_ => random.Normal().RoundTo(-8)).ToArray())];
        if (recipe.HasUnitInputs) return [.. inputs.Select(Normalized)];
        int last = recipe.Dimension - 1;
        if (IsOverparameterized(recipe)) inputs[recipe.Rows - 1] = [.. inputs[0].Select(value => value + (random.Normal().RoundTo(-8) << -recipe.Closeness))];
        else if (recipe.Dimension > 1) foreach (Dyadic[] input in inputs) input[last] <<= -recipe.Closeness;
        return inputs;
    }

    private static Dyadic[][] Weights(Recipe recipe, SplitMix random)
    {
        Dyadic[][] weights = [.. Enumerable.Range(0, recipe.Units).Select(_ => Enumerable.Range(0, recipe.Dimension).Select(_ => random.Normal().RoundTo(-8)).ToArray())];
        if (!IsOverparameterized(recipe) && recipe.Dimension == 1 && recipe.Units > 1) weights[recipe.Units - 1][0] = weights[0][0] + (random.Normal().RoundTo(-8) << -recipe.Closeness);
        return weights;
    }

    private static Dyadic[] Normalized(Dyadic[] input)
    {
        Real[] x = [.. input.Select(value => Real.Exact(value, Bits))];
        Real norm = RealVectors.Norm(x);
        return [.. x.Select(value => (value / norm).Ball.Midpoint.RoundTo(-12))];
    }

    // J v for a random direction v of length about 1, and noise; rounded to 2^-20.
    private static string[] Targets(Recipe recipe, InstanceData data, SplitMix random)
    {
        Problem problem = data.At(Bits);
        Real[] direction = [.. Enumerable.Range(0, problem.Network.Parameters).Select(_ => Real.Exact(random.Normal(), Bits))];
        Real[] targets = problem.Network.Jacobian(problem.InitialWeights).Times(direction);
        if (recipe.IsNoisy) targets = [.. targets.Select(value => value + Real.Exact(random.Normal() << -1, Bits))];
        return [.. targets.Select(value => DecimalText.Of(value.Ball.Midpoint.RoundTo(-20)))];
    }

    private static bool IsOverparameterized(Recipe recipe) => recipe.Units * recipe.Dimension >= recipe.Rows;
}
