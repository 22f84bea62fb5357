using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.DataFrames.Reading;

/// <summary>A column that ML.NET reads from a data frame.</summary>
/// <param name="Name">Its name in the data view.</param>
/// <param name="Type">Its type there.</param>
internal abstract record FrameColumn(string Name, DataViewType Type)
{
    /// <summary>What reads its value in the current row: a <see cref="ValueGetter{TValue}"/> of the type's raw type.</summary>
    /// <param name="row">Tells the current row.</param>
    internal abstract Delegate Getter(Func<int> row);

    /// <summary>Numbers in single precision; missing ones are NaN.</summary>
    internal sealed record Single(string Name, float[] Values) : FrameColumn(Name, NumberDataViewType.Single)
    {
        internal override Delegate Getter(Func<int> row) => (ValueGetter<float>)((ref float value) => value = Values[row()]);
    }

    /// <summary>Numbers in double precision; missing ones are NaN.</summary>
    internal sealed record Double(string Name, double[] Values) : FrameColumn(Name, NumberDataViewType.Double)
    {
        internal override Delegate Getter(Func<int> row) => (ValueGetter<double>)((ref double value) => value = Values[row()]);
    }

    /// <summary>Text; missing ones are empty.</summary>
    internal sealed record Text(string Name, string[] Values) : FrameColumn(Name, TextDataViewType.Instance)
    {
        internal override Delegate Getter(Func<int> row) => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = Values[row()].AsMemory());
    }
}
