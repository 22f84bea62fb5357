namespace GnMlNet.Ledger.Instances;

/// <summary>The seeded instances.</summary>
internal static class Recipes
{
    private static readonly (int Rows, int Dimension, int Units)[] OverparameterizedShapes = [(2, 1, 2), (3, 2, 2), (4, 2, 3), (2, 2, 1), (5, 3, 4), (3, 1, 5)];

    private static readonly (int Rows, int Dimension, int Units)[] UnderparameterizedShapes = [(2, 1, 1), (4, 2, 1), (5, 1, 2), (8, 2, 2), (6, 3, 1), (9, 2, 3)];

    /// <summary>p at least n: four of each shape, with every activation, loss and kind of targets, and closeness from 1 to 12.</summary>
    internal static IReadOnlyList<Recipe> Overparameterized { get; } = Of("over", 1000, OverparameterizedShapes);

    /// <summary>p below n, in the same way.</summary>
    internal static IReadOnlyList<Recipe> Underparameterized { get; } = Of("under", 2000, UnderparameterizedShapes);

    private static Recipe[] Of(string kind, ulong seed, (int Rows, int Dimension, int Units)[] shapes)
    {
        var recipes = new List<Recipe>();
        for (int k = 0; k < 4 * shapes.Length; k++)
        {
            (int rows, int dimension, int units) = shapes[k % shapes.Length];
            int round = k / shapes.Length;
            recipes.Add(new Recipe(
                FormattableString.Invariant($"{kind}{k + 1:00}"),
                seed + (ulong)k,
                rows,
                dimension,
                units,
                IsLogistic: round % 2 == 1,
                IsPseudoHuber: (k + round) % 3 == 1,
                IsNoisy: round >= 2,
                Closeness: 1 + (((k * 5) + round) % 12)));
        }

        return [.. recipes];
    }
}
