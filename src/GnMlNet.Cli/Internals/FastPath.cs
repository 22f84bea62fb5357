using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
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
        var initial = new SignedInitialization(run.Inputs, Activation.All.Single(known => known.Name == run.Activation), run.Signs, run.InitialWeights);
        var model = new NullifiedNetworkModel(rows, initial);
        var loss = new WeightedQuadraticLoss([.. run.Rows.Select(row => row.Y)], [.. run.Rows.Select(row => row.Weight)]);
        return iterate =>
        {
            double[] outputs = new double[model.OutputCount], scaled = new double[model.OutputCount], gradient = new double[model.ParameterCount];
            model.MoveTo(iterate.Parameters);
            model.Value(outputs);
            for (int j = 0; j < outputs.Length; j++) scaled[j] = run.ScalingFactor * outputs[j];
            loss.Gradient(scaled, scaled);
            model.MultiplyTransposed(scaled, gradient);
            double[]? gram = null;
            if (model.ParameterCount <= Math.Min(MostParameters, model.OutputCount))
            {
                var matrix = new SymmetricMatrix(model.ParameterCount);
                model.Gram(matrix);
                gram = Entries(matrix);
            }

            return new ComputedValues { Outputs = outputs, Gradient = gradient, GradientFactor = 2, Gram = gram, GramWeights = [.. outputs.Select(_ => 1.0)] };
        };
    }

    private static Func<RecordedIterate, ComputedValues> Training(RecordedRun run)
    {
        Activation activation = Activation.All.Single(known => known.Name == run.Activation);
        var shape = new NetworkShape(run.Inputs, run.HiddenUnits, run.Biases);
        StandardizedData rows = Blocks(run);
        PenalizedLeastSquares Objective(double penalty) => new(rows, shape, activation, penalty, threads: 1, run.TrainsOutputLayer);
        PenalizedLeastSquares objective = Objective(run.Penalty), plain = Objective(0);
        return iterate =>
        {
            if (iterate.Penalties.Length > 0) objective.SetPenalties(iterate.Penalties);
            var network = new Network(shape, activation, iterate.Parameters);
            double[] gradient = new double[objective.Trained.Count], unused = new double[objective.Trained.Count];
            objective.LossAndGradient(iterate.Parameters, gradient);
            double[]? gram = null;
            if (gradient.Length <= MostParameters)
            {
                var step = new PrimalStep(plain, DampingMetric.Identity);
                step.Linearize(iterate.Parameters, unused, Curvature.Exact(plain.BlockCount));
                gram = Entries(step.Matrix);
            }

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

    /// <summary>The rows as they are, without standardizing them again.</summary>
    private static StandardizedData Blocks(RecordedRun run) => new(
        [.. run.Rows.Chunk(RowBlock.Capacity).Select(chunk =>
        {
            var block = new RowBlock(run.Inputs + 1) { RowCount = chunk.Length };
            block.Column(run.Inputs).Fill(1);
            for (int j = 0; j < chunk.Length; j++)
            {
                for (int k = 0; k < run.Inputs; k++) block.Column(k)[j] = chunk[j].X[k];
                (block.Labels[j], block.Weights[j]) = (chunk[j].Y, chunk[j].Weight);
            }

            return block;
        })]);

    private static double[] Entries(SymmetricMatrix matrix) =>
        [.. from i in Enumerable.Range(0, matrix.Size) from k in Enumerable.Range(0, matrix.Size) select matrix[i, k]];
}
