namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// The dot products that make up the lower triangle of J^T J. With u units, q inputs and o other columns there are three families:
/// <code>
/// sum_j (s_ji s_ji') (x_jk x_jk')     pairs of units   by pairs of inputs:  u (u + 1)/2 x q (q + 1)/2, half the products of J^T J
/// sum_j (s_ji x_jk) e_jl              columns of J     by other columns:    u q x o
/// sum_j e_jl e_jl'                    other columns    by other columns:    o x o
/// </code>
/// </summary>
internal sealed class GramLayout
{
    internal GramLayout(int units, int inputs, int others)
    {
        InputCount = inputs;
        OtherCount = others;
        UnitPairs = LowerPairs(units);
        InputPairs = LowerPairs(inputs);
        Columns = [.. from i in Enumerable.Range(0, units) from k in Enumerable.Range(0, inputs) select new IndexPair(i, k)];
        long offset = 0;
        int panels = 0;
        Families =
        [
            ProductFamily.Create(ProductKind.HiddenByHidden, UnitPairs.Length, InputPairs.Length, ref offset, ref panels),
            ProductFamily.Create(ProductKind.HiddenByOther, Columns.Length, others, ref offset, ref panels),
            ProductFamily.Create(ProductKind.OtherByOther, others, others, ref offset, ref panels),
        ];
        SumCount = offset;
        PanelCount = panels;
    }

    internal int InputCount { get; }

    internal int OtherCount { get; }

    /// <summary>The pairs (i, i') of units, i' at most i.</summary>
    internal IndexPair[] UnitPairs { get; }

    /// <summary>The pairs (k, k') of inputs, k' at most k.</summary>
    internal IndexPair[] InputPairs { get; }

    /// <summary>The columns of J that are products of unit i's slope and input k, in order.</summary>
    internal IndexPair[] Columns { get; }

    internal ProductFamily[] Families { get; }

    /// <summary>How many numbers the sums of all families take.</summary>
    internal long SumCount { get; }

    /// <summary>The panels of all families.</summary>
    internal int PanelCount { get; }

    private static IndexPair[] LowerPairs(int count) =>
        [.. from i in Enumerable.Range(0, count) from j in Enumerable.Range(0, i + 1) select new IndexPair(i, j)];
}

/// <summary>Two indices.</summary>
internal readonly record struct IndexPair(int First, int Second);
