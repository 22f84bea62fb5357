using GnMlNet.Cli.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Benchmarking;

/// <summary>Training and test rows that fits with default options are measured on.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Rows">The rows of both.</param>
/// <param name="Training">The training rows, in memory.</param>
/// <param name="Test">The test rows.</param>
/// <param name="LabelColumn">The column to predict.</param>
internal sealed record FitTable(string Name, int Rows, IDataView Training, IDataView Test, string LabelColumn)
{
    private const double TestFraction = 0.2;

    private const int Seed = 1;

    /// <summary>A file that comes with the program, split as <c>gnml train</c> does.</summary>
    internal static FitTable OfFile(MLContext context, RegressionTable table)
    {
        var split = new RowSplit(table.Profile.RowCount, TestFraction, Seed);
        IDataView training = new FileDataView(table.Profile.File, table.Columns, split.IsTraining), test = new FileDataView(table.Profile.File, table.Columns, split.IsTest);
        TransformerChain<ITransformer> preparation = table.Preparation.Fit(training);
        IDataView Prepared(IDataView rows) => context.Data.Cache(preparation.Transform(rows, TransformerScope.Everything), table.LabelColumn, RegressionTable.FeatureColumn);
        return new FitTable(Path.GetFileNameWithoutExtension(table.Profile.File.Path), table.Profile.RowCount, Prepared(training), Prepared(test), table.LabelColumn);
    }

    /// <summary>Friedman's first problem, whose noise has the standard deviation 1.</summary>
    internal static FitTable OfFriedman(MLContext context, int rows)
    {
        int test = (int)(TestFraction * rows);
        Row[] all = [.. Friedman.First(rows, Seed).Select(row => new Row { Features = [.. row.Features.Select(x => (float)x)], Label = (float)row.Label })];
        return new FitTable("friedman1", rows, context.Data.LoadFromEnumerable(all[test..]), context.Data.LoadFromEnumerable(all[..test]), nameof(Row.Label));
    }

    /// <summary>A row of Friedman's first problem.</summary>
    internal sealed class Row
    {
        /// <summary>The ten features.</summary>
        [VectorType(10)]
        public float[] Features { get; set; } = [];

        /// <summary>The label.</summary>
        public float Label { get; set; }
    }
}
