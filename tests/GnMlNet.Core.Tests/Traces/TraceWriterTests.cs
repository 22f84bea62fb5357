using System.Text.Json;
using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Traces;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Traces;

public class TraceWriterTests
{
    [Fact]
    public void A_training_run_can_be_replayed_from_its_trace()
    {
        RegressionData data = Problems.NoisyTable(5000, 3, 4, weight: j => 1 + (j % 3));
        var options = new TrainingOptions { Run = new() { HiddenUnits = 4, Seed = 3 }, MaximumIterations = 12 };
        (TrainingResult result, JsonElement[] lines) = Trace(trace => NetworkTraining.Train(data, options, control: new TrainingControl { Recorder = trace }));
        JsonElement header = lines[0];
        JsonElement[] rows = lines[1..5001], iterates = lines[5001..];

        (header.GetProperty("format").GetString(), header.GetProperty("version").GetInt32(), header.GetProperty("kind").GetString()).Should().Be(("gnmlnet-trace", 3, "training"));
        iterates.Should().HaveCount(result.History.Count);
        double[] expected = [.. Problems.Rows(data).Select(row => row.Label).Order()];
        IntegrationDistance([.. LabelsInTheCallersUnits(header, rows).Order()], expected).Should().BeLessThan(1e-10);

        // A program that knows only the file: the objective again from the numbers in it, and every step from the one before.
        var shape = new NetworkShape(header.GetProperty("inputs").GetInt32(), header.GetProperty("hiddenUnits").GetInt32());
        var objective = new PenalizedLeastSquares(Rows(rows), shape, Activation.Tanh, header.GetProperty("penalty").GetDouble(), threads: 1);
        var gradient = new double[shape.ParameterCount];
        int subsets = 0;
        for (int k = 0; k < iterates.Length; k++)
        {
            double[] theta = Numbers(iterates[k], "parameters");
            iterates[k].GetProperty("loss").GetDouble().Should().Be(result.History[k].Loss).And.Be(objective.LossAndGradient(theta, gradient));
            if (k == 0) continue;

            double[] before = Numbers(iterates[k - 1], "parameters"), step = Numbers(iterates[k], "step"), metric = Numbers(iterates[k], "metric");
            theta.Should().Equal(before.Zip(step, (a, s) => a + s));
            int[][] ranges = [.. iterates[k].GetProperty("curvatureRows").EnumerateArray().Select(range => range.EnumerateArray().Select(end => end.GetInt32()).ToArray())];
            ranges.Sum(range => range[1] - range[0]).Should().Be(result.History[k].CurvatureRows);
            if (result.History[k].CurvatureRows < 5000) subsets++;
            Residual(objective, ranges, before, step, metric, iterates[k].GetProperty("damping").GetDouble())
                .Should().BeLessThan(iterates[k].GetProperty("curvatureInSinglePrecision").GetBoolean() ? 1e-3 : 1e-9);
        }

        subsets.Should().BePositive("some steps take their curvature from a sample");
    }

    [Fact]
    public void Steps_with_penalties_that_adapt_can_be_replayed_from_the_trace()
    {
        RegressionData data = Problems.NoisyTable(200, 3, 4);
        var options = new TrainingOptions { Run = new() { HiddenUnits = 4, Seed = 3 }, MaximumIterations = 16, AdaptPenalty = true };
        (TrainingResult result, JsonElement[] lines) = Trace(trace => NetworkTraining.Train(data, options, control: new TrainingControl { Recorder = trace }));
        JsonElement[] rows = lines[1..201], iterates = lines[201..];
        lines[0].GetProperty("adaptPenalty").GetBoolean().Should().BeTrue();

        var shape = new NetworkShape(3, 4);
        var objective = new PenalizedLeastSquares(Rows(rows), shape, Activation.Tanh, 0, threads: 1);
        var gradient = new double[shape.ParameterCount];
        for (int k = 1; k < iterates.Length; k++)
        {
            objective.SetPenalties(Numbers(iterates[k], "penalties"));
            Residual(objective, [[0, 200]], Numbers(iterates[k - 1], "parameters"), Numbers(iterates[k], "step"), Numbers(iterates[k], "metric"), iterates[k].GetProperty("damping").GetDouble())
                .Should().BeLessThan(1e-9);
            objective.LossAndGradient(Numbers(iterates[k], "parameters"), gradient).Should().Be(result.History[k].Loss);
        }

        Numbers(iterates[^1], "penalties").Should().NotEqual(Numbers(iterates[1], "penalties"));
    }

    [Fact]
    public void Inexact_steps_can_be_replayed_from_their_trace_and_do_not_depend_on_it()
    {
        RegressionData data = Problems.NoisyTable(4096, 1, 4);
        var options = new TrainingOptions { Run = new() { HiddenUnits = 36, Seed = 3 }, MaximumIterations = 14 };
        (TrainingResult result, JsonElement[] lines) = Trace(trace => NetworkTraining.Train(data, options, control: new TrainingControl { Recorder = trace }));
        NetworkTraining.Train(data, options).Network.Parameters.ToArray().Should().Equal(result.Network.Parameters.ToArray());
        lines[0].GetProperty("inexactSteps").GetString().Should().Be("AfterDisappointment");
        JsonElement[] rows = lines[1..4097], iterates = lines[4097..];
        var shape = new NetworkShape(1, 36);
        var objective = new PenalizedLeastSquares(Rows(rows), shape, Activation.Tanh, lines[0].GetProperty("penalty").GetDouble(), threads: 1);
        int withCurvature = 0, partly = 0;
        for (int k = 1; k < iterates.Length; k++)
        {
            if (!iterates[k].TryGetProperty("share", out JsonElement share)) continue;
            double[] before = Numbers(iterates[k - 1], "parameters"), step = Numbers(iterates[k], "step"), curvature = Numbers(iterates[k], "residualCurvature");
            Numbers(iterates[k], "parameters").Should().Equal(before.Zip(step, (theta, s) => Math.FusedMultiplyAdd(share.GetDouble(), s, theta)));
            // What the blocks of the units make of the step goes to the right side, as the remainder does.
            double[] known = [.. Numbers(iterates[k], "remainder").Zip(OfUnits(curvature, shape, step), (remainder, product) => remainder + product)];
            Residual(objective, [[0, 4096]], before, step, Numbers(iterates[k], "metric"), iterates[k].GetProperty("damping").GetDouble(), known).Should().BeLessThan(1e-5);
            iterates[k].GetProperty("rejectedDirections").GetArrayLength().Should().Be(iterates[k].GetProperty("rejectedSteps").GetInt32());
            if (curvature.Length > 0) withCurvature++;
            if (share.GetDouble() != 1) partly++;
        }

        withCurvature.Should().BePositive();
        partly.Should().BePositive();
    }

    [Fact]
    public void A_flow_can_be_replayed_from_its_trace()
    {
        RegressionData data = Problems.NoisyTable(40, 3, 4);
        var options = new FlowTrainingOptions { Run = new() { HiddenUnits = 3, Seed = 5 }, Flow = new FlowOptions { Duration = 0.1, Damping = 0.1 } };
        (FlowTrainingResult result, JsonElement[] lines) = Trace(
            trace => FlowTraining.Train(data, options, new FlowControl { Recorder = trace }), withSpectrum: true);
        JsonElement header = lines[0];
        JsonElement[] points = lines[41..];
        points.Should().HaveCount(11);
        header.GetProperty("kind").GetString().Should().Be("flow");

        var initial = new SignedInitialization(3, Activation.Tanh, Numbers(header, "signs"), Numbers(header, "initialWeights"));
        var table = new RegressionData(3);
        foreach (JsonElement row in lines[1..41]) table.Add(Numbers(row, "x"), row.GetProperty("y").GetDouble(), row.GetProperty("weight").GetDouble());
        var flow = new GaussNewtonFlow(new NullifiedNetworkModel(table, initial), new QuadraticLoss(table.Labels()), header.GetProperty("scalingFactor").GetDouble(), 0.1, StepForm.Primal);
        for (int k = 0; k < points.Length; k++)
        {
            double[] w = Numbers(points[k], "parameters"), direction = Numbers(points[k], "direction");
            flow.TryEvaluate(w).Should().BeTrue();
            flow.LossValue.Should().Be(points[k].GetProperty("loss").GetDouble());
            flow.Direction.Should().Equal(direction);
            points[k].GetProperty("condition").GetDouble().Should().BeGreaterThan(1);
            points[k].GetProperty("effectiveRank").GetDouble().Should().BeInRange(1, 9);
            if (k == 0) continue;

            double scale = points[k].GetProperty("stepSize").GetDouble() / header.GetProperty("scalingFactor").GetDouble();
            IntegrationDistance(w, [.. Numbers(points[k - 1], "parameters").Zip(Numbers(points[k - 1], "direction"), (a, d) => a - (scale * d))]).Should().BeLessThan(1e-14);
        }

        result.Network.Weights.ToArray().Should().Equal(Numbers(points[^1], "parameters"));
    }

    [Fact]
    public void Spectra_are_those_of_the_matrix_that_the_step_was_made_from()
    {
        foreach (int rows in new[] { 200, 12 })
        {
            RegressionData data = Problems.NoisyTable(rows, 2, 4);
            var options = new TrainingOptions { Run = new() { HiddenUnits = 3 }, MaximumIterations = 2 };
            (TrainingResult result, JsonElement[] lines) = Trace(trace => NetworkTraining.Train(data, options, control: new TrainingControl { Recorder = trace }), withSpectrum: true);
            result.StepForm.Form.Should().Be(rows == 200 ? StepForm.Primal : StepForm.Dual);
            JsonElement first = lines[rows + 2];
            var objective = new PenalizedLeastSquares(Rows(lines[1..(rows + 1)]), new NetworkShape(2, 3), Activation.Tanh, 0, threads: 1);
            double[] theta = Numbers(lines[rows + 1], "parameters");
            var j = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowArrays(
                Enumerable.Range(0, rows).Select(row => objective.JacobianRow(row, theta).Select(entry => entry / Math.Sqrt(rows)).ToArray()));
            double[] singular = [.. j.Svd(computeVectors: false).S];
            first.GetProperty("effectiveRank").GetDouble().Should().BeApproximately(singular.Sum(s => s * s) / (singular[0] * singular[0]), 1e-9);
            double condition = Math.Pow(singular[0] / singular[^1], 2);
            if (condition < 1e8) first.GetProperty("condition").GetDouble().Should().BeApproximately(condition, 1e-6 * condition);
        }
    }

    [Fact]
    public void A_writer_serves_one_run()
    {
        RegressionData data = Problems.NoisyTable(40, 3, 4);
        using var trace = new TraceWriter(new MemoryStream());
        var options = new TrainingOptions { Run = new() { HiddenUnits = 2 }, MaximumIterations = 1 };
        NetworkTraining.Train(data, options, control: new TrainingControl { Recorder = trace });
        Action again = () => NetworkTraining.Train(data, options, control: new TrainingControl { Recorder = trace });
        again.Should().Throw<InvalidOperationException>().WithMessage("*a writer serves one run*");
    }

    private static (T Result, JsonElement[] Lines) Trace<T>(Func<TraceWriter, T> run, bool withSpectrum = false)
    {
        var stream = new MemoryStream();
        T result;
        using (var trace = new TraceWriter(stream) { WithSpectrum = withSpectrum }) result = run(trace);
        string[] lines = System.Text.Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n');
        return (result, [.. lines.Select(line => JsonDocument.Parse(line).RootElement)]);
    }

    [Fact]
    public void A_second_start_takes_no_matrix_from_the_first()
    {
        RegressionData data = Problems.NoisyTable(3800, 1, 4);
        var options = new TrainingOptions { Run = new() { HiddenUnits = 260, Seed = 3 }, MaximumIterations = 7, AdaptPenalty = true, Starts = 2 };
        (_, JsonElement[] lines) = Trace(trace => NetworkTraining.Train(data, options, control: new TrainingControl { Recorder = trace }));
        lines[0].GetProperty("inexactSteps").GetString().Should().Be("FromStart");
        JsonElement[] second = [.. lines[3801..].Where(line => line.GetProperty("start").GetInt32() == 1)];
        second.Should().HaveCount(8);
        int[] ages = [.. second.Select(line => line.TryGetProperty("inverseAge", out JsonElement age) ? age.GetInt32() : -1)];
        ages.Should().Equal(-1, -1, -1, -1, -1, -1, 0, 1);
        second.Select(line => line.TryGetProperty("evidenceMatrix", out _)).Should().Equal(ages.Select(age => age == 0));
    }

    /// <summary>The product of a matrix with entries between parameters of one unit, of which the lower triangles are given, with a vector.</summary>
    private static double[] OfUnits(double[] triangles, NetworkShape shape, double[] vector)
    {
        var product = new double[vector.Length];
        int at = 0;
        for (int unit = 0; unit < shape.HiddenSize && triangles.Length > 0; unit++)
        {
            int Place(int entry) => entry < shape.UnitLength ? (unit * shape.UnitLength) + entry : shape.OutputWeight(unit);
            for (int a = 0; a <= shape.UnitLength; a++)
            {
                for (int b = 0; b <= a; b++, at++)
                {
                    product[Place(a)] += triangles[at] * vector[Place(b)];
                    if (a != b) product[Place(b)] += triangles[at] * vector[Place(a)];
                }
            }
        }

        return product;
    }

    /// <summary>|(A + mu D) s + g + known| as a share of |g|, with A of some rows.</summary>
    private static double Residual(PenalizedLeastSquares objective, int[][] ranges, double[] theta, double[] step, double[] metric, double damping, double[]? known = null)
    {
        var gradient = new double[theta.Length];
        objective.LossAndGradient(theta, gradient);
        int blocks = objective.BlockCount;
        int first = ranges[0][0] / RowBlock.Capacity, count = ranges.Sum(range => (range[1] - range[0] + RowBlock.Capacity - 1) / RowBlock.Capacity);
        SymmetricMatrix a = objective.Linearize(theta, new CurvatureSample(new RowSample(first, count, blocks), SinglePrecision: false)).Matrix;
        double square = 0;
        for (int i = 0; i < theta.Length; i++)
        {
            double sum = gradient[i] + (damping * metric[i] * step[i]) + (known?[i] ?? 0);
            for (int k = 0; k < theta.Length; k++) sum += a[i, k] * step[k];
            square += sum * sum;
        }

        return Math.Sqrt(square / gradient.Sum(entry => entry * entry));
    }

    private static BlockedRows Rows(JsonElement[] lines)
    {
        var table = new RegressionData(lines[0].GetProperty("x").GetArrayLength());
        foreach (JsonElement line in lines) table.Add(Numbers(line, "x"), line.GetProperty("y").GetDouble(), line.GetProperty("weight").GetDouble());
        return BlockedRows.AsGiven(table);
    }

    /// <summary>The labels in the caller's units.</summary>
    private static IEnumerable<double> LabelsInTheCallersUnits(JsonElement header, JsonElement[] rows) =>
        rows.Select(row => header.GetProperty("labelMean").GetDouble() + (header.GetProperty("labelDeviation").GetDouble() * row.GetProperty("y").GetDouble()));

    private static double[] Numbers(JsonElement line, string name) => [.. line.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    private static double IntegrationDistance(double[] a, double[] b) => Dynamics.IntegrationOrderTests.Distance(a, b);
}
