using System.Text;
using GnMlNet.Ledger.Limits;

namespace GnMlNet.Ledger.Reports;

/// <summary>How layers of cosine units tend to a kernel block, as a CSV file.</summary>
public static class KernelLimitTable
{
    private const int PointBits = 128;

    /// <summary>The file: law, seed, units, and the greatest difference to four certain digits.</summary>
    public static string Csv(IEnumerable<KernelLimitPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var file = new StringBuilder("hidden_weights,seed,units,greatest_difference\n");
        foreach (KernelLimitPoint point in points)
            file.Append(FormattableString.Invariant($"{(point.Law == HiddenLaw.Normal ? "normal" : "cauchy")},{point.Seed},{point.Units},{Digits.Of(new Real(point.Difference, PointBits))}\n"));
        return file.ToString();
    }
}
