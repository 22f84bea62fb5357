using GnMlNet.Cli.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Training;

/// <summary>The rows of a table after its preparation, which is fitted to the training rows: streamed from the file, or held in memory.</summary>
internal sealed class PreparedTable
{
    private readonly MLContext _context;
    private readonly RegressionTable _table;

    /// <param name="context">ML.NET.</param>
    /// <param name="table">The table.</param>
    /// <param name="isTraining">Whether a row is one of training, by number from 0.</param>
    internal PreparedTable(MLContext context, RegressionTable table, Func<int, bool> isTraining)
    {
        (_context, _table) = (context, table);
        FileDataView rows = Rows(isTraining);
        Schema = rows.Schema;
        Preparation = table.Preparation.Fit(rows);
        FeatureCount = ((VectorDataViewType)Preparation.GetOutputSchema(Schema)[RegressionTable.FeatureColumn].Type).Size;
    }

    /// <summary>The columns that are read from the file, without that of groups.</summary>
    internal DataViewSchema Schema { get; }

    /// <summary>The fitted preparation.</summary>
    internal TransformerChain<ITransformer> Preparation { get; }

    /// <summary>The number of features.</summary>
    internal int FeatureCount { get; }

    /// <summary>The bytes that features and label of a row take in memory.</summary>
    internal long RowBytes => sizeof(float) * (FeatureCount + 1L);

    /// <summary>Rows as the file has them.</summary>
    /// <param name="keep">Which rows, by number from 0.</param>
    internal FileDataView Rows(Func<int, bool> keep) => new(_table.Profile.File, _table.Columns, keep);

    /// <summary>Prepared rows that have a label, read from the file at every pass.</summary>
    /// <param name="keep">Which rows, by number from 0.</param>
    /// <param name="withGroups">Whether the column of groups is among the columns.</param>
    internal IDataView Stream(Func<int, bool> keep, bool withGroups = false)
    {
        FileDataView rows = withGroups && _table.Group is { } group ? new FileDataView(_table.Profile.File, [.. _table.Columns, group], keep) : Rows(keep);
        return _context.Data.FilterRowsByMissingValues(Preparation.Transform(rows, TransformerScope.Everything), _table.LabelColumn);
    }

    /// <summary>Prepared rows that have a label, read from the file here and now.</summary>
    /// <inheritdoc cref="Stream"/>
    internal IDataView Load(Func<int, bool> keep, bool withGroups = false)
    {
        string[] names = withGroups && _table.Group is { } group ? [_table.LabelColumn, RegressionTable.FeatureColumn, group.Name] : [_table.LabelColumn, RegressionTable.FeatureColumn];
        IDataView cached = _context.Data.Cache(Stream(keep, withGroups), names);
        using DataViewRowCursor cursor = cached.GetRowCursor(names.Select(name => cached.Schema[name]));
        while (cursor.MoveNext())
        {
        }

        return cached;
    }
}
