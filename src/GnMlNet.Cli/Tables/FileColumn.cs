using GnMlNet.Cli.Reading;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Tables;

/// <summary>A column that ML.NET reads from a file.</summary>
/// <param name="Name">Its name in the data view.</param>
/// <param name="Type">Its type there.</param>
internal abstract record FileColumn(string Name, DataViewType Type)
{
    /// <summary>What reads its value in the current row: a <see cref="ValueGetter{TValue}"/> of the type's raw type.</summary>
    internal abstract Delegate Getter(TableFile.Reader reader);

    /// <summary>Whether what is known of cells has all of it.</summary>
    internal virtual bool IsKnown(IKnownCells cells) => false;

    /// <summary>Text as it is written; a missing one is empty or the mark that stands for it.</summary>
    /// <param name="Name">Its name in the data view.</param>
    /// <param name="Index">The column of the file.</param>
    internal sealed record Text(string Name, int Index) : FileColumn(Name, TextDataViewType.Instance)
    {
        internal override bool IsKnown(IKnownCells cells) => cells.HaveTexts(Index);

        internal override Delegate Getter(TableFile.Reader reader) => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = reader[Index].AsMemory());
    }

    /// <summary>The names of groups of rows; a missing one is empty, which the trainer takes for a group of its own.</summary>
    /// <param name="Name">Its name in the data view.</param>
    /// <param name="Index">The column of the file.</param>
    /// <param name="Missing">Which cells are missing.</param>
    internal sealed record Group(string Name, int Index, MissingMarks Missing) : FileColumn(Name, TextDataViewType.Instance)
    {
        /// <summary>The group of the current row; empty where it has none.</summary>
        internal string Read(TableFile.Reader reader) => reader[Index] is var cell && Missing.Contain(cell) ? "" : cell;

        internal override bool IsKnown(IKnownCells cells) => cells.HaveTexts(Index);

        internal override Delegate Getter(TableFile.Reader reader) => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = Read(reader).AsMemory());
    }

    /// <summary>Numbers in single precision; missing ones are NaN.</summary>
    /// <param name="Name">Its name in the data view.</param>
    /// <param name="Numbers">The numbers.</param>
    internal sealed record Single(string Name, NumberSource Numbers) : FileColumn(Name, NumberDataViewType.Single)
    {
        internal override bool IsKnown(IKnownCells cells) => Numbers.IsKnown(cells);

        internal override Delegate Getter(TableFile.Reader reader) => (ValueGetter<float>)((ref float value) => value = Numbers.ReadSingle(reader));
    }

    /// <summary>Numbers in double precision; missing ones are NaN.</summary>
    /// <param name="Name">Its name in the data view.</param>
    /// <param name="Numbers">The numbers.</param>
    internal sealed record Double(string Name, NumberSource Numbers) : FileColumn(Name, NumberDataViewType.Double)
    {
        internal override bool IsKnown(IKnownCells cells) => Numbers.IsKnown(cells);

        internal override Delegate Getter(TableFile.Reader reader) => (ValueGetter<double>)((ref double value) => value = Numbers.Read(reader));
    }

    /// <summary>Numbers or text that a model from elsewhere wants in another type.</summary>
    /// <typeparam name="T">The raw type.</typeparam>
    /// <param name="Name">Its name in the data view.</param>
    /// <param name="Type">Its type there.</param>
    /// <param name="Read">Reads the value in the current row.</param>
    internal sealed record Converted<T>(string Name, DataViewType Type, Func<TableFile.Reader, T> Read) : FileColumn(Name, Type)
    {
        internal override Delegate Getter(TableFile.Reader reader) => (ValueGetter<T>)((ref T value) => value = Read(reader));
    }

    /// <summary>Several columns of the file as one vector.</summary>
    /// <param name="Name">Its name in the data view.</param>
    /// <param name="Type">Its type there.</param>
    /// <param name="Slots">The numbers of each slot.</param>
    internal sealed record Vector(string Name, DataViewType Type, IReadOnlyList<NumberSource> Slots) : FileColumn(Name, Type)
    {
        internal override bool IsKnown(IKnownCells cells) => Slots.All(slot => slot.IsKnown(cells));

        internal override Delegate Getter(TableFile.Reader reader) => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, Slots.Count);
            for (int k = 0; k < Slots.Count; k++) editor.Values[k] = Slots[k].ReadSingle(reader);
            value = editor.Commit();
        });
    }
}
