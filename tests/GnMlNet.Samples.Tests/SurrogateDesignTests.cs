using System.Globalization;
using System.Text.RegularExpressions;

namespace GnMlNet.Samples.Tests;

public partial class SurrogateDesignTests
{
    private const double Limit = 5;

    [Fact]
    public void The_lightest_beam_is_that_of_a_search_through_the_simulation_itself()
    {
        string[] lines = SampleProgram.Run("SurrogateDesign");
        Match beam = Beam().Match(string.Join('\n', lines)), simulated = Simulated().Match(lines[^1]);
        Number(simulated.Groups[1]).Should().BeApproximately(Limit, 0.01 * Limit);
        Number(beam.Groups[1]).Should().BeApproximately(LightestByGrid(load: 2000), 0.01 * Number(beam.Groups[1]));
    }

    // The same beam by another rule, that of midpoints: bending and shear of a beam whose height falls linearly from h to t h.
    private static double Deflection(double width, double height, double taper, double load)
    {
        const int pieces = 400;
        double sum = 0;
        for (int k = 0; k < pieces; k++)
        {
            double x = (k + 0.5) / pieces, local = height * (1 - ((1 - taper) * x)), arm = 1000 * (1 - x);
            sum += ((12 * load * arm * arm / (210_000 * width * Math.Pow(local, 3))) + (1.2 * load / (80_000 * width * local))) * 1000 / pieces;
        }

        return sum;
    }

    private static double LightestByGrid(double load)
    {
        double lightest = double.PositiveInfinity;
        for (double taper = 0.3; taper < 1.0001; taper += 0.05)
        {
            for (double width = 20; width <= 60; width += 4)
            {
                double low = 40, high = 120;
                if (Deflection(width, high, taper, load) > Limit) continue;
                for (int halving = 0; halving < 20; halving++)
                {
                    double middle = (low + high) / 2;
                    if (Deflection(width, middle, taper, load) > Limit) low = middle;
                    else high = middle;
                }

                lightest = Math.Min(lightest, 7.85e-6 * 1000 * width * high * (1 + taper) / 2);
            }
        }

        return lightest;
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"at the tip, ([\d.]+) kg")]
    private static partial Regex Beam();

    [GeneratedRegex(@"^simulated deflection ([\d.]+) mm")]
    private static partial Regex Simulated();
}
