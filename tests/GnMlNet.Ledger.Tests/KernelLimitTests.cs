using System.Globalization;
using System.Reflection;
using GnMlNet.Balls;
using GnMlNet.Balls.Matrices;
using GnMlNet.Ledger.Limits;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Reports;
using GnMlNet.Reference.Blocks;

namespace GnMlNet.Ledger.Tests;

public class KernelLimitTests
{
    private const int Power = 9;

    private static readonly Lazy<KernelLimitPoint[]> Points = new(() =>
        [.. from law in Enum.GetValues<HiddenLaw>() from seed in KernelLimit.Seeds from point in KernelLimit.Of(law, seed, Power) select point]);

    private static string Documents => Path.Combine(
        typeof(KernelLimitTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!, "docs");

    [Fact]
    public void The_documented_differences_are_those_that_are_computed()
    {
        string[] documented = File.ReadAllLines(Path.Combine(Documents, "kernel-limit.csv")), computed = KernelLimitTable.Csv(Points.Value).TrimEnd('\n').Split('\n');
        documented.Should().HaveCount(1 + (2 * KernelLimit.Seeds.Count * (KernelLimit.GreatestPower - KernelLimit.LeastPower + 1)));
        documented.Where((line, row) => row == 0 || int.Parse(line.Split(',')[2]) <= 1 << Power).Should().Equal(computed, "'gnml audit' writes the file anew: copy its kernel-limit.csv and .svg to docs");
    }

    [Fact]
    public void Thirty_two_times_the_units_bring_every_layer_at_least_twice_as_close_and_all_are_certified_to_ten_digits()
    {
        foreach (IGrouping<(HiddenLaw, int), KernelLimitPoint> layer in Points.Value.GroupBy(point => (point.Law, point.Seed)))
        {
            KernelLimitPoint[] points = [.. layer];
            Ball.Less(points[^1].Difference << 1, points[0].Difference).Should().Be(Verdict.Proved, layer.Key.ToString());
            points.Should().OnlyContain(point => point.Difference.Radius <= Magnitude.Of(1e-10));
        }
    }

    // The mean of m independent terms: its square times m neither grows nor falls.
    [Fact]
    public void The_documented_differences_fall_like_the_root_of_the_number_of_units()
    {
        (int Units, double Difference)[] rows = [.. File.ReadAllLines(Path.Combine(Documents, "kernel-limit.csv")).Skip(1).Select(line => line.Split(',')).Select(cells => (int.Parse(cells[2]), double.Parse(cells[3], CultureInfo.InvariantCulture)))];
        double[] x = [.. rows.Select(row => Math.Log2(row.Units))], y = [.. rows.Select(row => Math.Log2(row.Difference))];
        double middle = x.Average(), slope = x.Zip(y, (a, b) => (a - middle) * b).Sum() / x.Sum(a => (a - middle) * (a - middle));
        slope.Should().BeInRange(-0.6, -0.4);
    }

    [Fact]
    public void The_limit_is_what_the_certified_block_predicts()
    {
        double[] Flat(IEnumerable<Dyadic[]> points) => [.. points.SelectMany(point => point).Select(x => x.ToDouble())];
        foreach (HiddenLaw law in Enum.GetValues<HiddenLaw>())
        {
            bool isNormal = law == HiddenLaw.Normal;
            Dyadic[][] points = RidgeProblem.Points;
            Real[] predictions = RidgeProblem.Predictions((i, j) => RidgeProblem.Kernel(law, points[i], points[j]));
            var block = new RecordedBlock
            {
                Inputs = Flat(points.Take(RidgeProblem.Rows)),
                LaplaceRates = [1, 1],
                GaussianRates = [2, 2],
                LaplaceScale = isNormal ? 0 : 1,
                GaussianScale = isNormal ? 1 : 0,
                Constant = 0,
                NoiseVariance = 1.0 / 64,
                RowWeights = [.. RidgeProblem.Labels.Select(_ => 1.0)],
                Labels = [.. RidgeProblem.Labels.Select(label => label.Ball.Midpoint.ToDouble())],
                Coefficients = [.. RidgeProblem.Labels.Select(_ => 0.0)],
            };
            var computed = new ComputedBlockValues { Rows = Flat(points.Skip(RidgeProblem.Rows)), Predictions = [.. predictions.Select(prediction => prediction.Ball.Midpoint.ToDouble())] };
            BlockCrossCheck.Of(block, computed).PredictionError!.Value.IsAtMost(1e-15).Should().Be(Verdict.Proved);
        }
    }

    [Theory, InlineData(HiddenLaw.Normal), InlineData(HiddenLaw.Cauchy)]
    public void The_mean_product_of_many_units_is_near_the_kernel(HiddenLaw law)
    {
        Dyadic[][] points = [[0, 0], [new Dyadic(1, -2), new Dyadic(1, -3)]];
        const int Units = 4096;
        IntegerMatrix products = ExactProduct.Gram(new CosineLayer(law, RidgeProblem.ScaleOf(law), points, 7).Next(Units));
        double mean = new Dyadic(products[0, 1], (2 * CosineLayer.Exponent) + 1).ToDouble() / Units, kernel = RidgeProblem.Kernel(law, points[0], points[1]).Ball.Midpoint.ToDouble();
        // Terms of at most 2 in size: Hoeffding's inequality gives this bound a probability of at most 1e-5 to fail.
        mean.Should().BeApproximately(kernel, 4 * Math.Sqrt(2 * Math.Log(2e5) / (4 * Units)));
    }
}
