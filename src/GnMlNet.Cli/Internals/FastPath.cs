using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Cli.Internals;

/// <summary>What the fast path computes at the iterates of a recorded run: outputs, gradient and Gauss-Newton matrix, for the cross-check to compare.</summary>
internal static class FastPath
{
    /// <summary>The largest p for which the p x p matrix is compared.</summary>
    private const int MostParameters = 600;

    /// <summary>A function from an iterate to these numbers.</summary>
    internal static Func<RecordedIterate, ComputedValues> Of(RecordedRun run) => run.Kind == RunKind.Flow ? Flow(run) : Training(run);

    private static Func<RecordedIterate, ComputedValues> Flow(RecordedRun run)
    {
        RegressionData rows = Table(run);
        var initial = new SignedInitialization(run.Inputs, Activation.All.Single(known => known.Name == run.Activation.ToString()), run.Signs, run.InitialWeights);
        var model = new NullifiedNetworkModel(rows, initial);
        var loss = new QuadraticLoss([.. run.Rows.Select(row => row.Y)], [.. run.Rows.Select(row => row.Weight)]);
        return iterate =>
        {
            double[] outputs = new double[model.OutputCount], scaled = new double[model.OutputCount], gradient = new double[model.ParameterCount];
            model.MoveTo(iterate.Parameters);
            model.Value(outputs);
            for (int j = 0; j < outputs.Length; j++) scaled[j] = run.ScalingFactor * outputs[j];
            loss.Gradient(scaled, scaled);
            model.MultiplyTransposed(scaled, gradient);
            double[]? gram = model.ParameterCount <= Math.Min(MostParameters, model.OutputCount) ? Gram(model) : null;
            return new ComputedValues { Outputs = outputs, Gradient = gradient, GradientFactor = 2, Gram = gram, GramWeights = [.. outputs.Select(_ => 1.0)] };
        };
    }

    private static Func<RecordedIterate, ComputedValues> Training(RecordedRun run)
    {
        Activation activation = Activation.All.Single(known => known.Name == run.Activation.ToString());
        var shape = new NetworkShape(run.Inputs, run.HiddenUnits, run.Biases);
        PenalizedLeastSquares objective = new(BlockedRows.AsGiven(Table(run)), shape, activation, run.Penalty, threads: 1, run.TrainsOutputLayer);
        return iterate =>
        {
            if (iterate.Penalties.Length > 0) objective.SetPenalties(iterate.Penalties);
            var network = new Network(shape, activation, iterate.Parameters);
            var gradient = new double[objective.ParameterCount];
            objective.LossAndGradient(iterate.Parameters, gradient);
            objective.MoveTo(iterate.Parameters);
            double[]? gram = gradient.Length <= MostParameters ? Gram(objective) : null;
            return new ComputedValues
            {
                Outputs = [.. run.Rows.Select(row => network.Predict(row.X))],
                Gradient = gradient,
                Gram = gram,
                GramWeights = [.. run.Rows.Select(row => row.Weight)],
            };
        };
    }

    private static RegressionData Table(RecordedRun run)
    {
        var table = new RegressionData(run.Inputs);
        foreach (RecordedRow row in run.Rows) table.Add(row.X, row.Y, row.Weight);
        return table;
    }

    private static double[] Gram(DifferentiableModel model)
    {
        var matrix = new SymmetricMatrix(model.ParameterCount);
        model.Gram(matrix);
        return [.. from i in Enumerable.Range(0, matrix.Size) from k in Enumerable.Range(0, matrix.Size) select matrix[i, k]];
    }
}
