using GnMlNet.Core.Data;

namespace GnMlNet.Core.Streaming;

/// <summary>Rows that are read anew, from where they are, whenever they are gone through: in single precision as ML.NET's data views have them. Nothing is kept of them but where each block begins and a hash of it.</summary>
public sealed class RereadRows : TrainingRows
{
    private readonly Func<IRowCursor> _open;
    private readonly List<(long Place, ulong Hash)> _blocks = [];

    /// <summary>Goes through the rows once.</summary>
    /// <param name="inputSize">d, the number of features of every row; at least 1.</param>
    /// <param name="hasGroups">Whether rows come with groups.</param>
    /// <param name="open">Begins to go through the rows; always the same ones in the same order.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputSize"/> is below 1.</exception>
    /// <exception cref="ArgumentException">A row has another number of features, a number that is not finite, or a weight that is not positive.</exception>
    public RereadRows(int inputSize, bool hasGroups, Func<IRowCursor> open)
        : base(inputSize, hasGroups)
    {
        ArgumentNullException.ThrowIfNull(open);
        _open = open;
        foreach (SourceBlock block in Blocks())
        {
            for (int j = 0; j < block.Rows.RowCount; j++) Count(block.Rows.Labels[j], block.GroupOf(j));
            _blocks.Add((block.Place, RowHash.OfRows(block.Rows)));
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    /// <summary>Where every part begins, and what is in it.</summary>
    /// <param name="blocksOfPart">How many blocks become a part.</param>
    internal PartMark[] Parts(int blocksOfPart)
    {
        var parts = new PartMark[(_blocks.Count + blocksOfPart - 1) / blocksOfPart];
        for (int part = 0; part < parts.Length; part++)
        {
            int first = part * blocksOfPart, end = Math.Min(first + blocksOfPart, _blocks.Count);
            ulong hash = 0;
            for (int block = first; block < end; block++) hash = RowHash.Of(hash, _blocks[block].Hash);
            parts[part] = new PartMark(_blocks[first].Place, (int)Math.Min((long)blocksOfPart * RowBlock.Capacity, RowCount - ((long)first * RowBlock.Capacity)), hash);
        }

        return parts;
    }

    private protected override IEnumerable<SourceBlock> Blocks() => RowGathering.Blocks(_open(), InputSize, HasGroups);
}
