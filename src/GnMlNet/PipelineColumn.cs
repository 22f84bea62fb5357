using System.Globalization;
using GnMlNet.Core.Insight;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet;

/// <summary>A column of a data view as a column of numbers to explain: numbers as they are, whole and real; anything else as levels, one for each different value that rows have.</summary>
internal abstract class PipelineColumn
{
    /// <summary>The column of the schema, counted from 0.</summary>
    internal required int Index { get; init; }

    /// <summary>Its slot, of a column of vectors.</summary>
    internal int Slot { get; private init; }

    /// <summary>What it is called, with its levels as far as rows were read.</summary>
    internal abstract ExplainedColumn Explained { get; }

    /// <summary>What reads its number in the current row of a cursor.</summary>
    internal abstract Func<double> Reader(DataViewRow row);

    /// <summary>Puts levels into an order of their own, once all rows were read.</summary>
    /// <returns>The new place of each level, by its old one; null where there are no levels.</returns>
    internal virtual int[]? Sort() => null;

    /// <summary>What gives the value that numbers stand for: a <see cref="ValueGetter{TValue}"/> of the column's type.</summary>
    /// <param name="current">The number in the current row.</param>
    internal abstract Delegate Getter(Func<double> current);

    /// <summary>The columns that a column of a schema is: one, or of a vector one for each slot.</summary>
    /// <exception cref="ArgumentException">It holds vectors of another kind than single precision of known size.</exception>
    internal static IReadOnlyList<PipelineColumn> Of(DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType vector)
        {
            if (vector.ItemType != NumberDataViewType.Single || vector.Size == 0) throw new ArgumentException($"Column '{column.Name}' holds {column.Type}, which cannot be explained; numbers, texts and vectors of single precision of known size can.");
            VBuffer<ReadOnlyMemory<char>> names = default;
            if (column.HasSlotNames()) column.GetSlotNames(ref names);
            string[] written = [.. names.DenseValues().Select(name => name.ToString())];
            return [.. Enumerable.Range(0, vector.Size).Select(slot => new OfSlot(slot < written.Length && written[slot].Length > 0 ? written[slot] : string.Create(CultureInfo.InvariantCulture, $"{column.Name}.{slot}")) { Index = column.Index, Slot = slot })];
        }

        Type kind = column.Type is NumberDataViewType ? typeof(OfNumbers<>) : typeof(OfLevels<>);
        return [(PipelineColumn)Activator.CreateInstance(kind.MakeGenericType(column.Type.RawType), column)!];
    }

    private sealed class OfNumbers<T> : PipelineColumn
        where T : struct, System.Numerics.INumberBase<T>
    {
        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public OfNumbers(DataViewSchema.Column column) => (Index, Explained) = (column.Index, new ExplainedColumn(column.Name));

        internal override ExplainedColumn Explained { get; }

        internal override Func<double> Reader(DataViewRow row)
        {
            ValueGetter<T> get = row.GetGetter<T>(row.Schema[Index]);
            T value = default;
            return () =>
            {
                get(ref value);
                return double.CreateTruncating(value);
            };
        }

        // A whole number is the nearest one.
        internal override Delegate Getter(Func<double> current) => (ValueGetter<T>)((ref T value) => value = typeof(T) == typeof(float) || typeof(T) == typeof(double) ? T.CreateTruncating(current()) : T.CreateSaturating(Math.Round(current())));
    }

    private sealed class OfLevels<T> : PipelineColumn
    {
        private readonly string _name;
        private readonly List<T> _values = [];
        private readonly List<string> _names = [];
        private readonly Dictionary<string, int> _places = [];

        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public OfLevels(DataViewSchema.Column column) => (Index, _name) = (column.Index, column.Name);

        internal override ExplainedColumn Explained => new(_name, _names);

        internal override Func<double> Reader(DataViewRow row)
        {
            ValueGetter<T> get = row.GetGetter<T>(row.Schema[Index]);
            return () =>
            {
                // Texts may point into what the next row is read into.
                T value = default!;
                get(ref value);
                string name = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
                if (_places.TryGetValue(name, out int place)) return place;
                _places.Add(name, _values.Count);
                _names.Add(name);
                _values.Add(value is ReadOnlyMemory<char> ? (T)(object)name.AsMemory() : value);
                return _values.Count - 1;
            };
        }

        internal override int[] Sort()
        {
            int[] order = [.. Enumerable.Range(0, _names.Count).OrderBy(place => _names[place], StringComparer.Ordinal)], places = new int[order.Length];
            for (int k = 0; k < order.Length; k++) places[order[k]] = k;
            (string[] names, T[] values) = ([.. order.Select(place => _names[place])], [.. order.Select(place => _values[place])]);
            for (int k = 0; k < order.Length; k++) (_names[k], _values[k], _places[names[k]]) = (names[k], values[k], k);
            return places;
        }

        internal override Delegate Getter(Func<double> current) => (ValueGetter<T>)((ref T value) => value = double.IsNaN(current()) ? default! : _values[(int)current()]);
    }

    private sealed class OfSlot(string name) : PipelineColumn
    {
        internal override ExplainedColumn Explained { get; } = new(name);

        internal override Func<double> Reader(DataViewRow row)
        {
            ValueGetter<VBuffer<float>> get = row.GetGetter<VBuffer<float>>(row.Schema[Index]);
            VBuffer<float> buffer = default;
            return () =>
            {
                get(ref buffer);
                return buffer.GetItemOrDefault(Slot);
            };
        }

        internal override Delegate Getter(Func<double> current) => throw new InvalidOperationException("The slots of a vector are put together by its rows.");
    }
}
