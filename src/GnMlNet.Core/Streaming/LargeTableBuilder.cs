using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Streaming;

/// <summary>Makes a <see cref="LargeTable"/> in one pass over a source, part by part.</summary>
internal sealed class LargeTableBuilder
{
    private readonly PartBuilder _parts;
    private readonly RecordStore[] _stores;
    private readonly TableLayout _layout;

    /// <param name="recipe">How rows become blocks.</param>
    /// <param name="work">The threads.</param>
    /// <param name="newStore">Makes room for records of a size.</param>
    internal LargeTableBuilder(TableRecipe recipe, WorkSharing work, Func<int, RecordStore> newStore)
    {
        _parts = new PartBuilder(recipe, work);
        _stores = [.. recipe.Maps.Select(_ => newStore(_parts.Record.Bytes))];
        _layout = new TableLayout(recipe.Folds.Folds);
    }

    /// <summary>The bytes that a table takes, but for what partly filled blocks waste.</summary>
    internal static double Bytes(long rows, int inputs, int maps) => (double)rows * maps * ((inputs * sizeof(float)) + (2 * sizeof(double)));

    /// <summary>The bytes in memory while a part is made.</summary>
    internal static double PartBytes(int inputs) => 2.0 * TableRecipe.BlocksOf(inputs) * RowBlock.Stride * (inputs + 2) * sizeof(double);

    /// <summary>Makes the table.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="ArgumentException">A value is too far from the rows that the maps were made from to be finite in their units.</exception>
    /// <exception cref="TemporaryFileException">The folder for temporary files is full or cannot be written to.</exception>
    internal LargeTable Build(IRowSource source, CancellationToken cancellation)
    {
        try
        {
            long number = 0;
            foreach (SourceBlock block in source.Blocks())
            {
                cancellation.ThrowIfCancellationRequested();
                _parts.Gather(block, number);
                number += block.Rows.RowCount;
                if (_parts.IsFull) _parts.Write(_layout.PartCount, _layout, _stores);
            }

            if (!_parts.IsEmpty) _parts.Write(_layout.PartCount, _layout, _stores);
            foreach (RecordStore store in _stores) store.Complete();
            return new LargeTable(_layout, _parts.Record, _stores, _parts.Recipe.InputSize);
        }
        catch
        {
            foreach (RecordStore store in _stores) store.Dispose();
            throw;
        }
    }
}
