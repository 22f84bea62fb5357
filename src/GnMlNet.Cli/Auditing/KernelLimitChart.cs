using GnMlNet.Cli.Charts;
using GnMlNet.Ledger.Limits;

namespace GnMlNet.Cli.Auditing;

/// <summary>How layers of cosine units tend to a kernel block, drawn.</summary>
internal static class KernelLimitChart
{
    internal static LineChart Of(IReadOnlyList<KernelLimitPoint> points)
    {
        // The constant of C/sqrt(m) that fits all points best in the mean square of difference sqrt(m).
        double constant = Math.Sqrt(points.Average(point => Square(point.Difference.Midpoint.ToDouble()) * point.Units));
        IEnumerable<int> widths = points.Select(point => point.Units).Distinct().Order();
        return new LineChart("Finite layers of random cosine units and their limit", "units m", "greatest difference of predictions",
        [
            .. points.GroupBy(point => (point.Law, point.Seed)).Select(layer => Curve.Of(
                Invariant($"{(layer.Key.Law == HiddenLaw.Normal ? "Gaussian" : "Laplace")} kernel, seed {layer.Key.Seed}"), layer, point => point.Units, point => point.Difference.Midpoint.ToDouble()) with
            {
                Dashed = layer.Key.Law == HiddenLaw.Cauchy,
            }),
            Curve.Of(Invariant($"{constant:F1}/sqrt(m)"), widths, m => m, m => constant / Math.Sqrt(m)) with { Dashed = false },
        ])
        {
            LogarithmicX = true,
            LogarithmicY = true,
        };
    }

    private static double Square(double value) => value * value;
}
