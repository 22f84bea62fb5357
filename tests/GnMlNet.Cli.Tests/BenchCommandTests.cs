using System.Globalization;

namespace GnMlNet.Cli.Tests;

public sealed class BenchCommandTests : IDisposable
{
    private const int Rows = 60, Inputs = 3, Hidden = 4;

    private readonly CommandLine _commandLine = new();
    private readonly string _problem;

    public BenchCommandTests() => _problem = Directory.CreateDirectory(Path.Combine(_commandLine.Folder, "problem")).FullName;

    public void Dispose() => _commandLine.Dispose();

    [Theory, InlineData(true), InlineData(false)]
    public void A_race_starts_at_the_given_point_and_never_climbs(bool trained)
    {
        (double[][] x, double[] t, double[] theta, double[] c) = WriteProblem(trained);
        string race = Path.Combine(_commandLine.Folder, "race.csv");
        CommandLine.Succeed("bench", "--problem", _problem, "--out", race, "--seconds", "0.2").Console.Should().StartWith("problem: ");

        double[][] laps = [.. File.ReadLines(race).Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        laps.Select(lap => lap[0]).Should().Equal(Enumerable.Range(0, laps.Length).Select(i => (double)i));
        laps.Length.Should().BeGreaterThan(3);
        laps[0][3].Should().BeApproximately(SumOfSquares(x, t, theta, c, trained), 1e-8 * laps[0][3]);
        laps.Zip(laps.Skip(1)).Should().OnlyContain(pair => pair.Second[3] <= pair.First[3] && pair.Second[2] >= pair.First[2]);
        laps[^1][3].Should().BeLessThan(0.5 * laps[0][3]);
    }

    [Fact]
    public void A_problem_whose_files_do_not_fit_is_refused_with_the_file_and_the_line()
    {
        CommandLine.Fail("bench", "--problem", Path.Combine(_commandLine.Folder, "nowhere")).Should().Contain("no folder");
        CommandLine.Fail("bench", "--problem", _problem).Should().Contain("meta.txt");
        WriteProblem(trained: true);
        File.WriteAllText(Path.Combine(_problem, "meta.txt"), "60 3 four 1");
        CommandLine.Fail("bench", "--problem", _problem).Should().Contain("meta.txt").And.Contain("n D m trained");
        WriteProblem(trained: true);
        File.WriteAllLines(Path.Combine(_problem, "t.csv"), Enumerable.Repeat("1", Rows - 1));
        CommandLine.Fail("bench", "--problem", _problem).Should().Contain("t.csv: expected 60 lines, found 59");
        WriteProblem(trained: true);
        string[] lines = File.ReadAllLines(Path.Combine(_problem, "X.csv"));
        lines[6] = "0.5,oops,1";
        File.WriteAllLines(Path.Combine(_problem, "X.csv"), lines);
        CommandLine.Fail("bench", "--problem", _problem).Should().Contain("X.csv, line 7: 'oops'");
        lines[6] = "0.5,0.5,2";
        File.WriteAllLines(Path.Combine(_problem, "X.csv"), lines);
        CommandLine.Fail("bench", "--problem", _problem).Should().Contain("X.csv, line 7").And.Contain("must be 1");
    }

    [Fact]
    public void Options_of_the_race_and_of_the_comparisons_do_not_mix()
    {
        CommandLine.Run("bench", "--seconds", "3").Errors.Should().Contain("--seconds needs --problem");
        CommandLine.Run("bench", "--problem", _problem, "--json").Errors.Should().Contain("--json does not go with --problem");
        CommandLine.Run("bench", "--problem", _problem, "--fits", "10000").Errors.Should().Contain("--fits does not go with --problem");
        CommandLine.Run("bench", "--chart", "growth").Errors.Should().Contain("--chart needs --fits");
        CommandLine.Run("bench", "--fits", "10").Errors.Should().Contain("--fits").And.Contain("at least 10000");
    }

    private (double[][] X, double[] T, double[] Theta, double[] C) WriteProblem(bool trained)
    {
        var random = new Random(3);
        double Draw() => (2 * random.NextDouble()) - 1;
        double[][] x = [.. Enumerable.Range(0, Rows).Select(_ => new[] { Draw(), Draw(), trained ? 1 : Draw() })];
        double[] t = [.. x.Select(row => Math.Sin(2 * row[0]) - row[1])];
        double[] theta = [.. Enumerable.Range(0, (Hidden * Inputs) + (trained ? Hidden + 1 : 0)).Select(_ => Draw())];
        double[] c = [1, -1, 1, -1];
        void Write(string name, IEnumerable<double[]> rows) =>
            File.WriteAllLines(Path.Combine(_problem, name), rows.Select(row => string.Join(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));
        Write("X.csv", x);
        Write("t.csv", t.Select(value => new[] { value }));
        Write("theta0.csv", theta.Select(value => new[] { value }));
        if (!trained) Write("c.csv", c.Select(value => new[] { value }));
        File.WriteAllText(Path.Combine(_problem, "meta.txt"), $"{Rows} {Inputs} {Hidden} {(trained ? 1 : 0)}\n");
        return (x, t, theta, c);
    }

    private static double SumOfSquares(double[][] x, double[] t, double[] theta, double[] c, bool trained) => x.Zip(t, (row, label) =>
    {
        double output = trained ? theta[^1] : 0;
        for (int i = 0; i < Hidden; i++)
        {
            double z = Enumerable.Range(0, Inputs).Sum(k => theta[(i * Inputs) + k] * row[k]);
            output += (trained ? theta[(Hidden * Inputs) + i] : c[i]) * Math.Tanh(z);
        }

        return (output - label) * (output - label);
    }).Sum();
}
