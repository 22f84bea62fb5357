using GnMlNet.Cli.Common;
using GnMlNet.Core.Objectives;
using MathNet.Numerics;
using MathNet.Numerics.Random;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Tables;

/// <summary>Rows of a table, some or all, held in memory with their features standardized on these rows and the label as it is: what the paper's flow runs on.</summary>
/// <param name="Name">What the table is called.</param>
/// <param name="FeatureNames">The names of the features.</param>
/// <param name="Label">The name of the label.</param>
/// <param name="Raw">The rows in their own units.</param>
/// <param name="Scales">The scales of the features.</param>
/// <param name="Rows">The rows with standardized features.</param>
internal sealed record FlowTable(string Name, IReadOnlyList<string> FeatureNames, string Label, RegressionData Raw, Standardization Scales, RegressionData Rows)
{
    /// <summary>Reads rows.</summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="table">The table.</param>
    /// <param name="rowCount">How many rows to choose at random, or null for all.</param>
    /// <param name="subsetSeed">The seed of that choice.</param>
    /// <exception cref="UserError">There are not that many rows.</exception>
    internal static FlowTable Read(MLContext context, RegressionTable table, int? rowCount, int subsetSeed)
    {
        int all = table.Profile.RowCount;
        if (rowCount > all) throw new UserError($"{table.Name} has {all} rows; choose at most that many instead of {rowCount}.");

        var chosen = new bool[all];
        if (rowCount is null) Array.Fill(chosen, true);
        else foreach (int row in Combinatorics.GeneratePermutation(all, new MersenneTwister(subsetSeed)).Take(rowCount.Value)) chosen[row] = true;

        var rows = new CsvDataView(table.Profile.File, table.Columns, row => chosen[row]);
        IDataView prepared = table.Preparation.Fit(rows).Transform(rows, TransformerScope.Everything);
        IDataView labelled = context.Data.FilterRowsByMissingValues(prepared, table.Label);
        RegressionData raw = Collect(labelled, table.Label);
        Standardization scales = Standardization.MeasureFeatures(raw);
        return new FlowTable(table.Name, Names(labelled.Schema[RegressionTable.FeatureColumn], table.Features), table.Label, raw, scales, scales.Standardize(raw));
    }

    private static RegressionData Collect(IDataView rows, string label)
    {
        DataViewSchema.Column features = rows.Schema[RegressionTable.FeatureColumn], labels = rows.Schema[label];
        var data = new RegressionData(((VectorDataViewType)features.Type).Size);
        using DataViewRowCursor cursor = rows.GetRowCursor([features, labels]);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        ValueGetter<float> getLabel = cursor.GetGetter<float>(labels);
        VBuffer<float> x = default;
        float y = 0;
        while (cursor.MoveNext())
        {
            getFeatures(ref x);
            getLabel(ref y);
            data.Add([.. x.DenseValues()], y, 1);
        }

        return data;
    }

    private static IReadOnlyList<string> Names(DataViewSchema.Column features, IReadOnlyList<string> columns)
    {
        if (!features.HasSlotNames()) return columns;
        VBuffer<ReadOnlyMemory<char>> names = default;
        features.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
