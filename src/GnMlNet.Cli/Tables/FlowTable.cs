using GnMlNet.Core.Data;
using GnMlNet.Preparation;
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
/// <param name="Inputs">The features of these, row by row.</param>
/// <param name="Labels">Their labels.</param>
internal sealed record FlowTable(string Name, IReadOnlyList<string> FeatureNames, string Label, RegressionData Raw, Standardization Scales, RegressionData Rows, double[] Inputs, double[] Labels)
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

        bool[]? chosen = rowCount is { } count ? RowSplit.Draw(all, count, subsetSeed) : null;
        var rows = new FileDataView(table.Profile.File, table.Columns, chosen is null ? null : row => chosen[row]);
        IDataView prepared = table.Preparation.Fit(rows).Transform(rows, TransformerScope.Everything);
        IDataView labelled = context.Data.FilterRowsByMissingValues(prepared, table.LabelColumn);
        (float[] Features, float Label)[] read = [.. labelled.GetColumn<float[]>(RegressionTable.FeatureColumn).Zip(labelled.GetColumn<float>(table.LabelColumn))];
        var raw = new RegressionData(((VectorDataViewType)labelled.Schema[RegressionTable.FeatureColumn].Type).Size);
        foreach ((float[] x, float y) in read) raw.Add(x, y, weight: 1);
        Standardization scales = Standardization.MeasureFeatures(raw);
        double[] inputs = [.. read.SelectMany(row => row.Features.Select((x, k) => scales.Features[k].Standardize(x)))];
        IReadOnlyList<string> names = FeatureSlots.NamesOf(labelled.Schema, RegressionTable.FeatureColumn);
        return new FlowTable(
            table.Name, names.Count > 0 ? names : table.Features, table.Label, raw, scales, scales.Standardize(raw), inputs, [.. read.Select(row => (double)row.Label)]);
    }
}
