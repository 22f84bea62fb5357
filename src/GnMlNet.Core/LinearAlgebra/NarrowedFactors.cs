namespace GnMlNet.Core.LinearAlgebra;

/// <summary>The factors of blocks of rows in single precision, two blocks together.</summary>
/// <param name="create">Makes room for the factors of two blocks.</param>
/// <param name="work">The threads.</param>
internal sealed class NarrowedFactors(Func<JacobianFactors<float>> create, WorkSharing work)
{
    private JacobianFactors<float>[] _narrowed = [];
    private ReadOnlyMemory<JacobianFactors<double>> _factors;
    private Action<int>? _narrowBlocks;

    /// <summary>Narrows blocks; the result lasts until the next call.</summary>
    internal ReadOnlyMemory<JacobianFactors<float>> Of(ReadOnlyMemory<JacobianFactors<double>> factors)
    {
        _factors = factors;
        int had = _narrowed.Length, count = (factors.Length + 1) / 2;
        if (had < count) Array.Resize(ref _narrowed, count);
        for (int slot = had; slot < _narrowed.Length; slot++) _narrowed[slot] = create();
        work.For(count, _narrowBlocks ??= NarrowBlocks);
        return _narrowed.AsMemory(0, count);
    }

    private void NarrowBlocks(int slot)
    {
        JacobianFactors<float> to = _narrowed[slot];
        NarrowBlock(_factors.Span[2 * slot], to, 0);
        if ((2 * slot) + 1 < _factors.Length) NarrowBlock(_factors.Span[(2 * slot) + 1], to, BlockSize.Rows);
        else ClearSlopes(to, BlockSize.Rows);
    }

    /// <summary>Narrows a block of rows into one half of two.</summary>
    /// <param name="from">The block.</param>
    /// <param name="to">The two.</param>
    /// <param name="row">The half's first row.</param>
    internal static void NarrowBlock(JacobianFactors<double> from, JacobianFactors<float> to, int row)
    {
        for (int i = 0; i < from.UnitCount; i++) Vectors.Narrow(from.Slope(i), to.Slope(i)[row..]);
        for (int k = 0; k < from.InputCount; k++) Vectors.Narrow(from.Input(k), to.Input(k)[row..]);
        for (int l = 0; l < from.OtherCount; l++) Vectors.Narrow(from.Other(l), to.Other(l)[row..]);
    }

    // Rows without slopes and other columns count for nothing.
    private static void ClearSlopes(JacobianFactors<float> factors, int row)
    {
        for (int i = 0; i < factors.UnitCount; i++) factors.Slope(i)[row..].Clear();
        for (int l = 0; l < factors.OtherCount; l++) factors.Other(l)[row..].Clear();
    }
}
