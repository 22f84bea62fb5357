using System.Runtime.InteropServices;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;

namespace GnMlNet.Core.Streaming;

/// <summary>
/// What whoever coordinates asks of parts that others make: a vector with a slot for everything that is asked for, and zeros where it belongs to other parts, so that the sum over all parts is the answer, exactly.
/// </summary>
internal abstract record PartQuestion
{
    // Questions are known by these numbers, which passes over rows do not have.
    private const byte CountsKind = 101, BlocksKind = 102, RecordsKind = 103;

    private const int RowsAtMost = RowBlock.Capacity + 1;

    /// <summary>The length of the vector.</summary>
    /// <param name="recipe">How rows become blocks.</param>
    /// <param name="parts">How many parts there are.</param>
    internal abstract int Length(TableRecipe recipe, int parts);

    /// <summary>Fills in what some parts say.</summary>
    /// <param name="answer">The vector.</param>
    /// <param name="first">The first part.</param>
    /// <param name="end">The part behind the last.</param>
    /// <param name="runs">Runs that hold them.</param>
    /// <param name="layout">The layout of all parts; null where it is not known yet.</param>
    /// <exception cref="FormatException">The question is none that can be asked of the table.</exception>
    internal abstract void Answer(double[] answer, int first, int end, IReadOnlyList<PartRun> runs, TableLayout? layout);

    /// <summary>The question as bytes.</summary>
    internal byte[] ToBytes()
    {
        var stream = new MemoryStream();
        using var writer = new StateWriter(stream);
        Write(writer);
        return stream.ToArray();
    }

    /// <summary>The question that bytes are; null where they are of another kind.</summary>
    /// <exception cref="FormatException">They are a question, but not a valid one.</exception>
    internal static PartQuestion? Read(ReadOnlyMemory<byte> bytes)
    {
        byte kind = bytes.Length == 0 ? (byte)0 : bytes.Span[0];
        if (kind is not (CountsKind or BlocksKind or RecordsKind)) return null;
        using var reader = new StateReader(new MemoryStream(bytes.ToArray()), "A question about parts", "Train again.");
        reader.ReadBytes(1, "the kind");
        PartQuestion question = kind switch
        {
            CountsKind => new Counts(),
            BlocksKind => new Blocks(ReadNumbers(reader)),
            _ => new Records(reader.ReadInt32(0, int.MaxValue, "the map"), ReadNumbers(reader)),
        };
        reader.End();
        return question;
    }

    private protected abstract void Write(StateWriter writer);

    private static int[] ReadNumbers(StateReader reader) => reader.ReadCounted(int.MaxValue, "numbers");

    /// <summary>How many blocks every part has.</summary>
    internal sealed record Counts : PartQuestion
    {
        internal override int Length(TableRecipe recipe, int parts) => parts;

        internal override void Answer(double[] answer, int first, int end, IReadOnlyList<PartRun> runs, TableLayout? layout)
        {
            foreach (PartRun run in runs)
            {
                for (int part = Math.Max(first, run.First); part < Math.Min(end, run.End); part++) answer[part] = run.Layout.FirstBlock(part - run.First + 1) - run.Layout.FirstBlock(part - run.First);
            }
        }

        /// <summary>What the answer says.</summary>
        /// <exception cref="FormatException">It says what cannot be.</exception>
        internal static int[] Of(double[] answer) => [.. answer.Select(count => count is > 0 and < ushort.MaxValue && count == Math.Truncate(count) ? (int)count : throw new FormatException($"A part is said to have {count} blocks."))];

        private protected override void Write(StateWriter writer) => writer.Write([CountsKind]);
    }

    /// <summary>Rows, cell and weight of every block.</summary>
    /// <param name="CountOf">How many blocks every part has.</param>
    internal sealed record Blocks(int[] CountOf) : PartQuestion
    {
        internal override int Length(TableRecipe recipe, int parts) => CountOf.Length == parts ? checked(2 * CountOf.Sum()) : throw new FormatException($"A question about {CountOf.Length} parts of {parts}.");

        internal override void Answer(double[] answer, int first, int end, IReadOnlyList<PartRun> runs, TableLayout? layout)
        {
            int at = 2 * CountOf.Take(first).Sum();
            foreach (PartRun run in runs)
            {
                for (int part = Math.Max(first, run.First); part < Math.Min(end, run.End); part++)
                {
                    int begin = run.Layout.FirstBlock(part - run.First), last = run.Layout.FirstBlock(part - run.First + 1);
                    if (last - begin != CountOf[part]) throw new FormatException($"Part {part} has {last - begin} blocks, not {CountOf[part]}.");
                    for (int block = begin; block < last; block++, at += 2)
                    {
                        Cell cell = run.Layout.CellOf(block);
                        answer[at] = run.Layout.RowCountOf(block) + ((double)RowsAtMost * (cell.First + ((ushort.MaxValue + 1.0) * cell.Second)));
                        answer[at + 1] = run.Layout.WeightOf(block);
                    }
                }
            }
        }

        /// <summary>The layout that the answer tells.</summary>
        /// <exception cref="FormatException">It tells what cannot be.</exception>
        internal TableLayout LayoutOf(double[] answer, TableRecipe recipe, PartMark[] marks)
        {
            var layout = new TableLayout(recipe.Folds.Folds);
            int at = 0;
            for (int part = 0; part < CountOf.Length; part++)
            {
                long before = layout.RowCount;
                for (int k = 0; k < CountOf[part]; k++, at += 2)
                {
                    double rows = answer[at] % RowsAtMost, cell = (answer[at] - rows) / RowsAtMost, first = cell % (ushort.MaxValue + 1.0), second = (cell - first) / (ushort.MaxValue + 1.0), weight = answer[at + 1];
                    if (!(rows >= 1 && first < recipe.Folds.Folds && second < recipe.Folds.Folds && weight > 0 && double.IsFinite(weight))) throw new FormatException($"A block of part {part} is said to have {rows} rows of weight {weight}.");
                    layout.Add((int)rows, weight, new Cell((ushort)first, (ushort)second));
                }

                if (layout.RowCount - before != marks[part].Rows) throw new FormatException($"Part {part} is said to have {layout.RowCount - before} rows, not {marks[part].Rows}.");
                layout.EndPart();
            }

            return layout;
        }

        private protected override void Write(StateWriter writer)
        {
            writer.Write([BlocksKind]);
            writer.WriteCounted(CountOf);
        }
    }

    /// <summary>Some blocks with their rows. Each is a record, four bytes a number, for sums of numbers that are not whole lose the sign of zeros.</summary>
    /// <param name="Map">The map.</param>
    /// <param name="Numbers">Which blocks, in any order.</param>
    internal sealed record Records(int Map, int[] Numbers) : PartQuestion
    {
        internal override int Length(TableRecipe recipe, int parts) =>
            Map < recipe.Maps.Count ? checked(Numbers.Length * (new BlockRecord(recipe.InputSize).Bytes / sizeof(uint))) : throw new FormatException($"A question about map {Map} of {recipe.Maps.Count}.");

        internal override void Answer(double[] answer, int first, int end, IReadOnlyList<PartRun> runs, TableLayout? layout)
        {
            if (layout is null) throw new FormatException("Blocks have no numbers yet.");
            int length = Numbers.Length == 0 ? 0 : answer.Length / Numbers.Length;
            byte[] record = new byte[length * sizeof(uint)];
            foreach (PartRun run in runs)
            {
                int begin = layout.FirstBlock(run.First), from = layout.FirstBlock(Math.Max(first, run.First)), last = layout.FirstBlock(Math.Min(end, run.End));
                for (int i = 0; i < Numbers.Length; i++)
                {
                    if (Numbers[i] < from || Numbers[i] >= last) continue;
                    run.Store(Map).Read(Numbers[i] - begin, record);
                    ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(record);
                    for (int k = 0; k < length; k++) answer[(i * length) + k] = words[k];
                }
            }
        }

        /// <summary>The blocks that the answer has.</summary>
        /// <exception cref="FormatException">It has what cannot be.</exception>
        internal RowBlock[] BlocksOf(double[] answer, TableRecipe recipe, TableLayout layout)
        {
            var record = new BlockRecord(recipe.InputSize);
            uint[] words = new uint[record.Bytes / sizeof(uint)];
            var blocks = new RowBlock[Numbers.Length];
            for (int i = 0; i < blocks.Length; i++)
            {
                for (int k = 0; k < words.Length; k++)
                {
                    double word = answer[(i * words.Length) + k];
                    words[k] = word is >= 0 and <= uint.MaxValue ? (uint)word : throw new FormatException($"A block is said to have the word {word}.");
                }

                record.Read(MemoryMarshal.AsBytes<uint>(words), layout.RowCountOf(Numbers[i]), blocks[i] = LargeTable.NewBlock(recipe.InputSize));
            }

            return blocks;
        }

        private protected override void Write(StateWriter writer)
        {
            writer.Write([RecordsKind]);
            writer.Write(Map);
            writer.WriteCounted(Numbers);
        }
    }
}
