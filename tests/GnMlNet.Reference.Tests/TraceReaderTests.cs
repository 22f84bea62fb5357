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
    [InlineData(0, "\"version\":2", "\"version\":1", "line 1: trace version 1")]
    [InlineData(0, "gnmlnet-trace", "other", "line 1: this is not the header")]
    [InlineData(0, "\"activation\":\"Tanh\"", "\"activation\":\"Relu\"", "line 1: activation 'Relu'")]
    [InlineData(0, "\"hiddenUnits\":4", "\"hiddenUnits\":5", "'parameters' has 21 numbers; 26 are needed")]
    [InlineData(3, "\"y\":", "\"z\":", "line 4: 'y' is missing")]
    [InlineData(3, "\"row\":2", "\"row\":7", "line 4: row 7 where row 2 was expected")]
    [InlineData(43, "\"step\":[", "\"step\":[null,", "line 44: 'step' has 22 numbers; 21 are needed")]
    [InlineData(43, "\"curvatureRows\":[[0,40]]", "\"curvatureRows\":[[0,41]]", "line 44: curvature rows [0, 41) of 40 rows")]
    [InlineData(43, "}", "", "line 44: this is not JSON")]
    public void What_does_not_fit_is_refused_by_line(int line, string text, string replacement, string message)
    {
        string[] lines = RecordedRuns.Training(rows: 40, inputs: 3, hidden: 4, iterations: 5);
        lines[line].Should().Contain(text);
        lines[line] = lines[line].Replace(text, replacement, StringComparison.Ordinal);
        FluentActions.Invoking(() => TraceReader.Read(lines, "run.jsonl")).Should().Throw<FormatException>().WithMessage($"run.jsonl, *{message}*");
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
