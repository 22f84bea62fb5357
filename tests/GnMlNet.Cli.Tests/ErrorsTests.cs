using System.Numerics;
using System.Text.Json;
using GnMlNet.Cli.Common;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Output;

namespace GnMlNet.Cli.Tests;

public sealed class ErrorsTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    public static TheoryData<double, double, double> Tables => new()
    {
        { 0, 1, 0.1 }, { 1e6, 1, 1e-3 }, { 1e9, 1, 0.1 }, { 1e15, 8, 2 }, { -1e12, 1e3, 1e-2 }, { 0, 1e-200, 1e-201 }, { 0, 1e200, 1e195 }, { 0, 1e-300, 1e-304 }, { 1e308, 1e307, 1e306 }, { 5, 1, 1e-9 }, { 0, 1, 1e30 },
    };

    [Theory, MemberData(nameof(Tables))]
    public void Errors_are_those_of_exact_arithmetic(double offset, double spread, double noise)
    {
        var random = new Random(7);
        double[] labels = [.. Enumerable.Range(0, 301).Select(_ => offset + (spread * ((2 * random.NextDouble()) - 1)))];
        double[] scores = [.. labels.Select(label => label + (noise * ((2 * random.NextDouble()) - 1)))];
        var errors = Errors.Of(labels, scores);

        (BigInteger[] y, BigInteger[] s) = (Exact(labels), Exact(scores));
        int n = y.Length;
        BigInteger sum = Sum(y), squares = Sum(y.Zip(s, (a, b) => (a - b) * (a - b))), total = (n * Sum(y.Select(a => a * a))) - (sum * sum), absolute = Sum(y.Zip(s, (a, b) => BigInteger.Abs(a - b)));
        ShouldBeNear(errors.RootMeanSquaredError, Math.Exp((0.5 * (BigInteger.Log(squares) - Math.Log(n))) - (Unit * Math.Log(2))), 1e-12);
        ShouldBeNear(errors.MeanAbsoluteError, Math.Exp(BigInteger.Log(absolute) - Math.Log(n) - (Unit * Math.Log(2))), 1e-12);
        double missing = Math.Exp(BigInteger.Log(n * squares) - BigInteger.Log(total));
        Math.Abs(errors.RSquared!.Value - (1 - missing)).Should().BeLessThan((1e-11 * missing) + 1e-15);
    }

    [Theory, MemberData(nameof(Tables))]
    public void Rows_that_come_many_times_over_have_the_errors_of_once(double offset, double spread, double noise)
    {
        var random = new Random(7);
        double[] labels = [.. Enumerable.Range(0, 301).Select(_ => offset + (spread * ((2 * random.NextDouble()) - 1)))];
        double[] scores = [.. labels.Select(label => label + (noise * ((2 * random.NextDouble()) - 1)))];
        // Two blocks and a part of a third one.
        const int times = 500;
        var once = Errors.Of(labels, scores);
        var often = Errors.Of(Enumerable.Repeat(labels, times).SelectMany(all => all), Enumerable.Repeat(scores, times).SelectMany(all => all));
        ShouldBeNear(often.RootMeanSquaredError, once.RootMeanSquaredError, 1e-12);
        ShouldBeNear(often.MeanAbsoluteError, once.MeanAbsoluteError, 1e-12);
        Math.Abs(often.RSquared!.Value - once.RSquared!.Value).Should().BeLessThan((1e-11 * (1 - once.RSquared.Value)) + 1e-15);
    }

    [Fact]
    public void Multiplying_labels_and_scores_by_a_power_of_two_multiplies_errors_and_keeps_the_determination()
    {
        double[] labels = [1, 2, 4, 3], scores = [1.25, 2, 3.5, 3];
        var errors = Errors.Of(labels, scores);
        foreach (int exponent in new[] { -1000, -500, 500, 1000 })
        {
            double factor = Math.ScaleB(1, exponent);
            Errors.Of([.. labels.Select(y => factor * y)], [.. scores.Select(s => factor * s)]).Should().Be(errors with { RootMeanSquaredError = factor * errors.RootMeanSquaredError, MeanAbsoluteError = factor * errors.MeanAbsoluteError });
        }
    }

    [Fact]
    public void The_mean_as_prediction_determines_nothing_and_the_labels_everything()
    {
        double[] labels = [1e9 + 1, 1e9 + 2, 1e9 + 6];
        Errors.Of(labels, [1e9 + 3, 1e9 + 3, 1e9 + 3]).RSquared.Should().Be(0);
        Errors.Of(labels, labels).Should().Be(new Errors(0, 0, 1));
    }

    [Fact]
    public void There_is_no_determination_without_two_distinct_labels()
    {
        Errors.Of([5], [4]).Should().Be(new Errors(1, 1, null));
        Errors.Of([0.1, 0.1, 0.1], [0.1, 0.1, 0.2]).RSquared.Should().BeNull();
        Errors.Of([0, 0], [0, 0]).Should().Be(new Errors(0, 0, null));
    }

    [Fact]
    public void Rows_without_a_finite_prediction_are_counted_not_left_out()
    {
        Action measure = () => Errors.Of([1, 2, 3], [1, double.NaN, double.PositiveInfinity]);
        measure.Should().Throw<UserError>().WithMessage("2 of 3 rows*");
    }

    [Fact]
    public void Train_evaluate_and_the_rows_themselves_tell_the_same_errors_of_large_offsets_and_small_units()
    {
        foreach ((double offset, double unit) in new[] { (0.0, 1e-9), (1e6, 1.0) })
        {
            string table = _gnml.Write("t.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 60).Select(j => $"{j % 17},{CommandLine.Text(offset + (unit * ((j % 17) + (j % 3))))}\n"))), model = _gnml.PathOf("m.zip");
            CommandLine.Outcome trained = CommandLine.Succeed("train", "--data", table, "--label", "y", "--ensemble", "1", "--hidden", "3", "--test-fraction", "0", "--out", model);
            trained.Console.Should().NotContain("0.0000");
            JsonElement errors = CommandLine.Succeed("evaluate", model, "--data", table, "--json").Json.GetProperty("errors");
            double[][] rows = [.. CommandLine.Succeed("predict", model, "--data", table).Output.TrimEnd().Split('\n').Skip(1).Select(line => line.Split(',')).Select(cells => new[]
            {
                // The label as it stands in the file; the score is a float.
                double.NaN, double.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture), (double)float.Parse(cells[2], System.Globalization.CultureInfo.InvariantCulture),
            })];
            double mean = rows.Average(row => row[1]), squares = rows.Sum(row => Math.Pow(row[1] - row[2], 2));
            errors.GetProperty("rootMeanSquaredError").GetDouble().Should().BeApproximately(Math.Sqrt(squares / rows.Length), 1e-9 * unit);
            errors.GetProperty("rSquared").GetDouble().Should().BeApproximately(1 - (squares / rows.Sum(row => Math.Pow(row[1] - mean, 2))), 1e-9);
            trained.Console.Should().Contain(Cells.Significant(errors.GetProperty("rootMeanSquaredError").GetDouble()));
        }
    }

    // Doubles as integers in units of 2^-1074, of which every double is a multiple.
    private const int Unit = 1074;

    private static BigInteger[] Exact(double[] values) => [.. values.Select(value =>
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52);
        return (value < 0 ? -mantissa : mantissa) << Math.Max(0, exponent - 1);
    })];

    private static BigInteger Sum(IEnumerable<BigInteger> values) => values.Aggregate(BigInteger.Zero, (sum, value) => sum + value);

    private static void ShouldBeNear(double value, double expected, double relative) => Math.Abs((value / expected) - 1).Should().BeLessThan(relative);
}
