using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Systems;

/// <summary>A symmetric matrix of the parameters of a network that has entries only between those of one hidden unit, exactly: of each unit its input weights, its bias and its output weight.</summary>
internal sealed class UnitMatrices
{
    private readonly ParameterLayout _layout;
    private readonly Lazy<Magnitude> _negativity;

    /// <param name="layout">Where the parameters stand.</param>
    /// <param name="triangles">The lower triangles of the units, row by row.</param>
    internal UnitMatrices(ParameterLayout layout, double[] triangles)
    {
        int size = layout.UnitSize + 1, count = size * (size + 1) / 2;
        (_layout, Blocks) = (layout, [.. Enumerable.Range(0, layout.Units).Select(i => ScaledIntegers.Symmetric(size, triangles.AsSpan(i * count, count)))]);
        _negativity = new(() => Blocks.Select(PositivePart.Negativity).Aggregate(Magnitude.Zero, Magnitude.Max));
    }

    /// <summary>A matrix of each unit.</summary>
    internal IReadOnlyList<ScaledIntegers> Blocks { get; }

    /// <summary>What the whole becomes positive semidefinite by if it is added to the diagonal.</summary>
    internal Magnitude Negativity => _negativity.Value;

    /// <summary>The part of a matrix of all parameters that belongs to a unit.</summary>
    internal static ScaledIntegers Part(ScaledIntegers whole, ParameterLayout layout, int unit)
    {
        int size = layout.UnitSize + 1;
        var part = new ScaledIntegers(size, size, whole.Exponent);
        for (int a = 0; a < size; a++)
        {
            for (int b = 0; b < size; b++) part[a, b] = whole[Place(layout, unit, a), Place(layout, unit, b)];
        }

        return part;
    }

    /// <summary>The whole matrix, p x p.</summary>
    internal ScaledIntegers Whole()
    {
        int p = (int)_layout.TrainedCount, size = _layout.UnitSize + 1;
        var entries = new Dyadic[p * p];
        for (int i = 0; i < Blocks.Count; i++)
        {
            for (int a = 0; a < size; a++)
            {
                for (int b = 0; b < size; b++) entries[(Place(_layout, i, a) * p) + Place(_layout, i, b)] = Blocks[i].At(a, b);
            }
        }

        return ScaledIntegers.Of(p, p, entries);
    }

    private static int Place(ParameterLayout layout, int unit, int entry) => entry < layout.UnitSize ? layout.Hidden(unit, entry) : layout.Output(unit);
}
