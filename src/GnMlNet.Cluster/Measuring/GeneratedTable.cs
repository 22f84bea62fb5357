using System.Buffers.Binary;
using GnMlNet.Core.Data;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cluster.Measuring;

/// <summary>A table whose rows are made of their numbers: inputs that are evenly spread, and labels of Friedman's first problem (Friedman 1991) without noise, both about standardized.</summary>
/// <param name="Rows">n.</param>
/// <param name="Inputs">d.</param>
internal sealed record GeneratedTable(long Rows, int Inputs)
{
    /// <summary>The most inputs.</summary>
    internal const int MostInputs = 100_000;

    private const double LabelMean = 14.4, LabelDeviation = 4.9;

    /// <summary>What silos know it by.</summary>
    internal byte[] Description
    {
        get
        {
            byte[] description = new byte[sizeof(long) + sizeof(int)];
            BinaryPrimitives.WriteInt64LittleEndian(description, Rows);
            BinaryPrimitives.WriteInt32LittleEndian(description.AsSpan(sizeof(long)), Inputs);
            return description;
        }
    }

    /// <summary>How many parts it has: as many as a table of training.</summary>
    internal int Parts => checked((int)((Rows + RowsOfPart - 1) / RowsOfPart));

    private long RowsOfPart => (long)TableRecipe.BlocksOf(Inputs) * RowBlock.Capacity;

    /// <summary>Some of its parts, as a table in memory.</summary>
    /// <param name="firstPart">The first part.</param>
    /// <param name="endPart">The part behind the last.</param>
    internal LargeTable Make(int firstPart, int endPart)
    {
        var record = new BlockRecord(Inputs);
        var store = new MemoryRecords(record.Bytes);
        var layout = new TableLayout(folds: 2);
        var block = new RowBlock(Inputs);
        byte[] bytes = new byte[record.Bytes];
        for (int part = firstPart; part < endPart; part++)
        {
            long end = Math.Min(Rows, (part + 1L) * RowsOfPart);
            for (long row = part * RowsOfPart; row < end; row += RowBlock.Capacity)
            {
                Fill(block, row, (int)Math.Min(RowBlock.Capacity, end - row));
                record.Write(block, [], bytes);
                store.Append(bytes);
                layout.Add(block, default);
            }

            layout.EndPart();
        }

        store.Complete();
        return new LargeTable(layout, record, [store], Inputs);
    }

    private void Fill(RowBlock block, long firstRow, int count)
    {
        block.RowCount = count;
        Array.Clear(block.Values);
        Array.Clear(block.Labels);
        Array.Clear(block.Weights);
        for (int j = 0; j < count; j++)
        {
            ulong row = (ulong)(firstRow + j);
            double At(int k) => k < Inputs ? RowHash.Fraction(RowHash.Of((ulong)k, row)) : 0.5;
            for (int k = 0; k < Inputs; k++) block.Column(k)[j] = Math.Sqrt(12) * (At(k) - 0.5);
            double label = (10 * Math.Sin(Math.PI * At(0) * At(1))) + (20 * Math.Pow(At(2) - 0.5, 2)) + (10 * At(3)) + (5 * At(4));
            (block.Labels[j], block.Weights[j]) = ((label - LabelMean) / LabelDeviation, 1);
        }
    }
}
