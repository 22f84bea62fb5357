using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GnMlNet.Cli.Exporting;

/// <summary>The predictions of an exported graph, by ONNX Runtime.</summary>
internal static class OnnxScores
{
    // What a kernel block computes between comes to some hundred KiB a row.
    private const int RowsAtOnce = 256;

    // ML.NET's converter puts it behind the names of the columns that it makes.
    private const string OutputSuffix = ".output";

    /// <summary>Scores rows.</summary>
    /// <param name="onnx">The graph.</param>
    /// <param name="rows">The columns that it takes, under their names.</param>
    /// <param name="columns">The columns that it makes.</param>
    /// <returns>The numbers of each of these columns.</returns>
    internal static double[][] Read(byte[] onnx, IDataView rows, string[] columns)
    {
        // One-hot encoded columns are declared with one axis less than they have, which it warns of and puts right.
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(onnx, options);
        List<double>[] values = [.. columns.Select(_ => new List<double>())];
        string[] outputs = [.. columns.Select(name => name + OutputSuffix)];
        DataViewSchema.Column[] inputs = [.. session.InputNames.Select(name => rows.Schema[name])];
        using DataViewRowCursor cursor = rows.GetRowCursor(inputs);
        InputColumn[] readers = [.. inputs.Select(column => InputColumn.Of(cursor, column))];
        int count;
        do
        {
            for (count = 0; count < RowsAtOnce && cursor.MoveNext(); count++)
            {
                foreach (InputColumn reader in readers) reader.Add();
            }

            if (count == 0) break;
            using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([.. readers.Select(reader => reader.Take(count))], outputs);
            for (int k = 0; k < outputs.Length; k++) values[k].AddRange(results[k].AsTensor<float>().Select(value => (double)value));
        }
        while (count == RowsAtOnce);

        return [.. values.Select(column => column.ToArray())];
    }

    /// <summary>Reads one column into tensors.</summary>
    private abstract class InputColumn
    {
        internal static InputColumn Of(DataViewRowCursor cursor, DataViewSchema.Column column)
        {
            if (column.Type is TextDataViewType) return new Scalar<ReadOnlyMemory<char>, string>(cursor, column, text => text.ToString());
            if (column.Type is VectorDataViewType vector) return new Vector(cursor, column, vector.Size);
            return column.Type.RawType switch
            {
                var raw when raw == typeof(float) => Same<float>(),
                var raw when raw == typeof(double) => Same<double>(),
                var raw when raw == typeof(bool) => Same<bool>(),
                var raw when raw == typeof(sbyte) => Same<sbyte>(),
                var raw when raw == typeof(byte) => Same<byte>(),
                var raw when raw == typeof(short) => Same<short>(),
                var raw when raw == typeof(ushort) => Same<ushort>(),
                var raw when raw == typeof(int) => Same<int>(),
                var raw when raw == typeof(uint) => Same<uint>(),
                var raw when raw == typeof(long) => Same<long>(),
                var raw when raw == typeof(ulong) => Same<ulong>(),
                _ => throw new UserError($"ONNX has no type for column '{column.Name}' of {column.Type}."),
            };

            InputColumn Same<T>() => new Scalar<T, T>(cursor, column, value => value);
        }

        /// <summary>Adds the value of the current row.</summary>
        internal abstract void Add();

        /// <summary>The values that were added, as an input of the graph, and forgets them.</summary>
        internal abstract NamedOnnxValue Take(int rows);
    }

    private sealed class Scalar<TValue, TElement>(DataViewRowCursor cursor, DataViewSchema.Column column, Func<TValue, TElement> convert) : InputColumn
    {
        private readonly ValueGetter<TValue> _get = cursor.GetGetter<TValue>(column);
        private readonly List<TElement> _values = [];

        internal override void Add()
        {
            TValue value = default!;
            _get(ref value);
            _values.Add(convert(value));
        }

        internal override NamedOnnxValue Take(int rows)
        {
            var tensor = new DenseTensor<TElement>(_values.ToArray(), [rows, 1]);
            _values.Clear();
            return NamedOnnxValue.CreateFromTensor(column.Name, tensor);
        }
    }

    private sealed class Vector(DataViewRowCursor cursor, DataViewSchema.Column column, int size) : InputColumn
    {
        private readonly ValueGetter<VBuffer<float>> _get = cursor.GetGetter<VBuffer<float>>(column);
        private readonly List<float> _values = [];
        private VBuffer<float> _value;

        internal override void Add()
        {
            _get(ref _value);
            _values.AddRange(_value.DenseValues());
        }

        internal override NamedOnnxValue Take(int rows)
        {
            var tensor = new DenseTensor<float>(_values.ToArray(), [rows, size]);
            _values.Clear();
            return NamedOnnxValue.CreateFromTensor(column.Name, tensor);
        }
    }
}
