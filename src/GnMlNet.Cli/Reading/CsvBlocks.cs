using GnMlNet.Cli.Internals;

namespace GnMlNet.Cli.Reading;

/// <summary>The rows of a table of text in blocks.</summary>
internal static class CsvBlocks
{
    // Blocks that are read before all of them are taken apart at once.
    private static readonly int s_mostBlocksAtOnce = 4 * Environment.ProcessorCount;

    // What a block takes as text and as cells, and what those that are read at once may take of the memory.
    private const long BytesOfBlock = 1 << 22;
    private const int ShareOfMemory = 16;

    /// <summary>All rows in order: from lines with nothing special about them, several blocks at a time, up to the first block with something special; from there record by record.</summary>
    /// <param name="file">The file.</param>
    /// <param name="delimiter">Between two cells; a space means runs of spaces and tabs.</param>
    /// <param name="firstRow">The first row to read, by number from 0; the block that it is in may begin before it.</param>
    /// <exception cref="UserError">A row is malformed.</exception>
    internal static IEnumerable<CellBlock> Read(CsvFile file, char delimiter, int firstRow = 0)
    {
        // How many lines were used up, the header among them, and how many rows.
        int lines = 0, rows = 0;
        // Spaces have a way of their own to lie between cells.
        if (delimiter != ' ' && file.OpenLines(out int header) is { } text)
        {
            using (text)
            {
                lines = header;
                var source = new LineBlocks(text);
                while (source.TrySkip(firstRow - rows, out int skippedLines, out int skippedRows)) (lines, rows) = (lines + skippedLines, rows + skippedRows);
                for (bool isPlain = true; isPlain;)
                {
                    CellBlock?[] blocks = TakeApart(source, file, delimiter, out bool isAtEnd);
                    foreach (CellBlock? block in blocks)
                    {
                        isPlain = block is not null;
                        if (block is null) break;
                        (block.FirstRow, rows, lines) = (rows, rows + block.RowCount, lines + block.LineCount);
                        if (rows > firstRow || firstRow == 0) yield return block;
                    }

                    if (isPlain && isAtEnd) yield break;
                }
            }
        }

        foreach (CellBlock block in ReadRecords(file, lines))
        {
            (block.FirstRow, rows) = (rows, rows + block.RowCount);
            if (rows > firstRow || firstRow == 0) yield return block;
        }
    }

    private static CellBlock?[] TakeApart(LineBlocks source, CsvFile file, char delimiter, out bool isAtEnd)
    {
        int atOnce = (int)Math.Clamp(file.Settings.MemoryLimit / ShareOfMemory / BytesOfBlock, 1, s_mostBlocksAtOnce);
        ArraySegment<char>[] read = [.. Enumerable.Range(0, atOnce).Select(_ => source.Next())];
        var blocks = new CellBlock?[read.Length];
        IEnumerable<Action> work = Enumerable.Range(0, read.Length).Select(i => (Action)(() => blocks[i] = CellBlock.OfPlainLines(read[i], delimiter, file.Header.Count, file.Missing)));
        ParallelWork.Run(work, Environment.ProcessorCount, CancellationToken.None);
        foreach (ArraySegment<char> each in read) LineBlocks.Return(each);
        isAtEnd = read[^1].Count == 0;
        return blocks;
    }

    // After so many lines; 0 for all rows.
    private static IEnumerable<CellBlock> ReadRecords(CsvFile file, int skippedLines)
    {
        using TableFile.Reader reader = skippedLines == 0 ? file.Read() : file.ReadAfter(skippedLines);
        CellBlock NewBlock() => new(file.Header.Count, CellBlock.CapacityOf(file.Header.Count), file.Missing);
        CellBlock block = NewBlock();
        while (reader.MoveNext())
        {
            block.Add(reader);
            if (!block.IsFull) continue;
            yield return block;
            block = NewBlock();
        }

        yield return block;
    }
}
