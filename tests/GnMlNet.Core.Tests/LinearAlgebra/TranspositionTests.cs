using CsCheck;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public unsafe class TranspositionTests
{
    [Fact]
    public void Rows_become_columns_and_nothing_else_is_written() => Gen.Select(Gen.Int[0, 21], Gen.Int[0, 21]).Sample((rows, columns) =>
    {
        RowMatrix source = new(22, 22), target = new(22, 22);
        for (int i = 0; i < 22; i++)
        {
            for (int j = 0; j < 22; j++) source.Row(i)[j] = 1 + (100 * i) + j;
        }

        Transposition.Copy(source.Pointer, source.Stride, target.Pointer, target.Stride, rows, columns);
        for (int i = 0; i < 22; i++)
        {
            for (int j = 0; j < 22; j++) target.Row(j)[i].Should().Be(i < rows && j < columns ? source.Row(i)[j] : 0);
        }

        GC.KeepAlive(source);
        GC.KeepAlive(target);
    });
}
