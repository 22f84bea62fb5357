using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Models;

/// <summary>Columns of numbers of a data view, in single or double precision.</summary>
internal static class NumberColumns
{
    /// <summary>Reads columns in one pass over the rows.</summary>
    internal static double[][] Read(IDataView view, params string[] names)
    {
        DataViewSchema.Column[] columns = [.. names.Select(name => view.Schema[name])];
        List<double>[] values = [.. columns.Select(_ => new List<double>())];
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        Func<double>[] getters = [.. columns.Select(column => Getter(cursor, column))];
        while (cursor.MoveNext())
        {
            for (int i = 0; i < values.Length; i++) values[i].Add(getters[i]());
        }

        return [.. values.Select(column => column.ToArray())];
    }

    /// <summary>Reads a column row by row, as the numbers are asked for.</summary>
    internal static IEnumerable<double> Stream(IDataView view, string name)
    {
        DataViewSchema.Column column = view.Schema[name];
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        Func<double> get = Getter(cursor, column);
        while (cursor.MoveNext()) yield return get();
    }

    private static Func<double> Getter(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        if (column.Type == NumberDataViewType.Double)
        {
            ValueGetter<double> getDouble = cursor.GetGetter<double>(column);
            double wide = 0;
            return () =>
            {
                getDouble(ref wide);
                return wide;
            };
        }

        ValueGetter<float> getSingle = cursor.GetGetter<float>(column);
        float narrow = 0;
        return () =>
        {
            getSingle(ref narrow);
            return narrow;
        };
    }
}
