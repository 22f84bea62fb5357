using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests;

public class TraceReaderTests
{
    [Fact]
    public void It_reads_back_every_number_of_a_training_run()
    {
        string[] lines = RecordedRuns.Training(rows: 40, inputs: 3, hidden: 4, iterations: 5);
        RecordedRun run = TraceReader.Read(lines, "trace");
        (run.Kind, run.Inputs, run.HiddenUnits, run.Biases, run.TrainsOutputLayer, run.Activation).Should().Be((RunKind.Training, 3, 4, true, true, Sigmoid.Tanh));
        run.Rows.Should().HaveCount(40);
        run.Iterates.Should().HaveCount(6);
        run.Iterates[0].Step.Should().BeEmpty();
        for (int k = 1; k < 6; k++)
            run.Iterates[k].Parameters.Should().Equal(run.Iterates[k - 1].Parameters.Zip(run.Iterates[k].Step, (theta, step) => theta + step));
        run.Rows.Sum(row => row.Weight).Should().BeApproximately(1, 1e-14);
    }

    [Fact]
    public void It_reads_back_every_number_of_a_flow()
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Flow(rows: 40, inputs: 3, hidden: 4, damping: 0.1, duration: 0.05), "trace");
        (run.Kind, run.ScalingFactor, run.Damping, run.Signs.Length, run.InitialWeights.Length).Should().Be((RunKind.Flow, 8.0, 0.1, 4, 12));
        run.Iterates.Should().HaveCount(6);
        run.Iterates[0].Parameters.Should().Equal(run.InitialWeights);
        run.Iterates[^1].Time.Should().Be(0.05);
    }

    [Theory]
    [InlineData(0, "\"version\":3", "\"version\":1", "line 1: trace version 1")]
    [InlineData(0, "gnmlnet-trace", "other", "line 1: this is not the header")]
    [InlineData(0, "\"activation\":\"Tanh\"", "\"activation\":\"Relu\"", "line 1: activation 'Relu'")]
    [InlineData(0, "\"hiddenUnits\":4", "\"hiddenUnits\":5", "'parameters' has 21 numbers; 26 are needed")]
    [InlineData(3, "\"y\":", "\"z\":", "line 4: 'y' is missing")]
    [InlineData(3, "\"row\":2", "\"row\":7", "line 4: row 7 where row 2 was expected")]
    [InlineData(43, "\"step\":[", "\"step\":[null,", "line 44: 'step' has 22 numbers; 21 are needed")]
    [InlineData(43, "\"curvatureRows\":[[0,40]]", "\"curvatureRows\":[[0,41]]", "line 44: curvature rows [0, 41) of 40 rows")]
    [InlineData(43, "}", "", "line 44: this is not JSON")]
    [InlineData(43, "\"step\":[", "\"steps\":[", "line 44: 'step' is missing")]
    [InlineData(43, "\"loss\":", "\"los\":", "line 44: 'loss' is missing")]
    [InlineData(43, "\"damping\":", "\"dampin\":", "line 44: 'damping' is missing")]
    [InlineData(43, "\"metric\":", "\"metri\":", "line 44: 'metric' is missing")]
    [InlineData(43, "\"curvatureRows\":", "\"rows\":", "line 44: 'curvatureRows' is missing")]
    [InlineData(43, "\"gainRatio\":", "\"gain\":", "line 44: 'gainRatio' is missing, and the run goes on")]
    [InlineData(43, "\"rejectedSteps\":", "\"rejected\":", "line 44: 'rejectedSteps' is missing")]
    [InlineData(41, "\"loss\":", "\"los\":", "line 42: 'loss' is missing, and the run goes on")]
    [InlineData(41, "\"iteration\":0", "\"iteration\":0,\"damping\":1", "line 42: 'damping' at a starting point")]
    [InlineData(43, "\"iteration\":2", "\"iteration\":3", "line 44: iteration 3 of start 0 where iteration 2 of start 0 was expected")]
    [InlineData(43, "\"iteration\":2", "\"iteration\":0", "line 44: iteration 0 of start 0 where iteration 0 of start 1 was expected")]
    [InlineData(43, "\"start\":0", "\"start\":0,\"start\":0", "line 44: 'start' is there twice")]
    [InlineData(43, "\"start\":0", "\"start\":null", "line 44: 'start' must be a number")]
    [InlineData(43, "\"start\":0", "\"start\":\"0\"", "line 44: 'start' must be a number")]
    [InlineData(43, "\"start\":0", "\"start\":0.5", "line 44: 'start' must be a whole number")]
    [InlineData(43, "[[0,40]]", "[[0,\"40\"]]", "line 44: 'curvatureRows' must hold pairs of whole numbers")]
    [InlineData(43, "[[0,40]]", "[]", "line 44: 'curvatureRows' is empty")]
    [InlineData(43, "[[0,40]]", "[[0,20],[10,40]]", "line 44: curvature rows that are there twice")]
    [InlineData(43, "\"curvatureInSinglePrecision\":false", "\"curvatureInSinglePrecision\":0", "line 44: 'curvatureInSinglePrecision' must be true or false")]
    [InlineData(0, "\"stepForm\":\"Primal\"", "\"stepForm\":\"Other\"", "line 1: stepForm 'Other'")]
    [InlineData(0, "\"totalWeight\":40", "\"totalWeight\":0", "line 1: 'totalWeight' must be positive")]
    [InlineData(3, "{", "[{", "line 4: this is not JSON")]
    public void What_does_not_fit_is_refused_by_line(int line, string text, string replacement, string message)
    {
        string[] lines = RecordedRuns.Training(rows: 40, inputs: 3, hidden: 4, iterations: 5);
        lines[line].Should().Contain(text);
        int at = lines[line].IndexOf(text, StringComparison.Ordinal);
        lines[line] = $"{lines[line][..at]}{replacement}{lines[line][(at + text.Length)..]}";
        FluentActions.Invoking(() => TraceReader.Read(lines, "run.jsonl")).Should().Throw<FormatException>().WithMessage($"run.jsonl, *{message}*");
    }

    [Theory]
    [InlineData("loss"), InlineData("direction"), InlineData("outputGradientNorm"), InlineData("riemannianGradientNorm"), InlineData("time"), InlineData("steps"), InlineData("stepSize"), InlineData("smallestEigenvalue")]
    public void A_figure_that_a_flow_lacks_before_its_end_is_an_error(string name)
    {
        string[] lines = RecordedRuns.Flow(rows: 40, inputs: 3, hidden: 4, damping: 0.1, duration: 0.05);
        lines[42].Should().Contain($"\"{name}\":");
        lines[42] = lines[42].Replace($"\"{name}\":", "\"other\":", StringComparison.Ordinal);
        FluentActions.Invoking(() => TraceReader.Read(lines, "run.jsonl")).Should().Throw<FormatException>().WithMessage($"run.jsonl, line 43: *{name}*");
    }

    [Fact]
    public void A_flow_that_does_not_exist_is_refused()
    {
        string[] lines = RecordedRuns.Flow(rows: 5, inputs: 3, hidden: 6, damping: 0.01, duration: 0.02);
        lines[0] = lines[0].Replace("\"damping\":0.01", "\"damping\":0", StringComparison.Ordinal);
        FluentActions.Invoking(() => TraceReader.Read(lines, "run.jsonl")).Should().Throw<FormatException>().WithMessage("run.jsonl, line 7: a flow without damping with 18 parameters and 5 rows.");
    }

    [Fact]
    public void A_number_that_is_not_finite_is_refused()
    {
        string[] lines = RecordedRuns.Training(rows: 40, inputs: 3, hidden: 4, iterations: 5);
        int at = lines[45].IndexOf("\"parameters\":[", StringComparison.Ordinal) + "\"parameters\":[".Length;
        int comma = lines[45].IndexOf(',', at);
        foreach (string bad in new[] { "null", "1e999", "\"NaN\"" })
        {
            lines[45] = $"{lines[45][..at]}{bad}{lines[45][comma..]}";
            comma = at + bad.Length;
            FluentActions.Invoking(() => TraceReader.Read(lines, "run.jsonl")).Should().Throw<FormatException>().WithMessage("run.jsonl, line 46: *no finite number*");
        }
    }

    [Fact]
    public void An_empty_file_and_a_file_that_ends_early_are_refused()
    {
        string[] lines = RecordedRuns.Training(rows: 40, inputs: 3, hidden: 4, iterations: 5);
        FluentActions.Invoking(() => TraceReader.Read([], "run.jsonl")).Should().Throw<FormatException>().WithMessage("*empty*");
        FluentActions.Invoking(() => TraceReader.Read(lines[..1], "run.jsonl")).Should().Throw<FormatException>().WithMessage("*no rows*");
        FluentActions.Invoking(() => TraceReader.Read(lines[..41], "run.jsonl")).Should().Throw<FormatException>().WithMessage("*no iterates*");
    }
}
