using System.Diagnostics;
using GnMlNet.Cli.Tables;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace GnMlNet.Cli.Benchmarking;

/// <summary>The measurements of <c>gnml bench --fits</c>: how long a fit with default options takes, and its error on test rows, beside ML.NET's FastTree and LightGBM with theirs, all threads of the machine at work.</summary>
/// <param name="mostRows">The most rows of Friedman's first problem; powers of ten from 10,000 up to it are measured.</param>
/// <param name="stage">Told what is under way.</param>
internal sealed class DefaultFits(int mostRows, Action<string> stage)
{
    private const int LeastRows = 10_000, RowGrowth = 10;

    private const int Seed = 1;

    /// <summary>A fit.</summary>
    /// <param name="Table">The table.</param>
    /// <param name="Rows">Its training and test rows.</param>
    /// <param name="Trainer">What fitted.</param>
    /// <param name="Seconds">Of the fit.</param>
    /// <param name="TestError">The root mean squared error on the test rows.</param>
    internal sealed record Fit(string Table, int Rows, string Trainer, double Seconds, double TestError);

    internal IReadOnlyList<Fit> Run()
    {
        // The first fit compiles the code.
        foreach (Fit _ in Of(new MLContext(Seed), context => FitTable.OfFriedman(context, LeastRows / 20)))
        {
        }

        return [.. Tables().SelectMany(table => Of(new MLContext(Seed), table))];
    }

    private IEnumerable<Func<MLContext, FitTable>> Tables()
    {
        yield return context => FitTable.OfFile(context, ConcreteStrength.Settings.Open(context));
        yield return context => FitTable.OfFile(context, CaliforniaHousing.Table(context));
        for (int rows = LeastRows; rows <= mostRows; rows = checked(RowGrowth * rows))
        {
            int count = rows;
            yield return context => FitTable.OfFriedman(context, count);
        }
    }

    private IEnumerable<Fit> Of(MLContext context, Func<MLContext, FitTable> open)
    {
        FitTable table = open(context);
        foreach ((string name, IEstimator<ITransformer> trainer) in Trainers(context, table.LabelColumn))
        {
            stage(Invariant($"{table.Name}, {table.Rows:N0} rows: {name}"));
            long start = Stopwatch.GetTimestamp();
            ITransformer model;
            try
            {
                model = trainer.Fit(table.Training);
            }
            catch (DllNotFoundException)
            {
                stage($"{name} has no library for this kind of machine and is left out");
                continue;
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double error = context.Regression.Evaluate(model.Transform(table.Test), table.LabelColumn).RootMeanSquaredError;
            yield return new Fit(table.Name, table.Rows, name, seconds, error);
        }
    }

    private static IEnumerable<(string Name, IEstimator<ITransformer> Trainer)> Trainers(MLContext context, string label)
    {
        yield return ("Gauss-Newton ensemble", context.Regression.Trainers.GaussNewtonRegression(label, RegressionTable.FeatureColumn));
        yield return ("FastTree", context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options { LabelColumnName = label, FeatureColumnName = RegressionTable.FeatureColumn, Seed = Seed }));
        yield return ("LightGBM", context.Regression.Trainers.LightGbm(label, RegressionTable.FeatureColumn));
    }
}
