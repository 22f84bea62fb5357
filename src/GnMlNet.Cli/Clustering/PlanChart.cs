using GnMlNet.Cli.Charts;

namespace GnMlNet.Cli.Clustering;

/// <summary>How the predicted time of training falls with the silos, for tables of several sizes.</summary>
internal static class PlanChart
{
    private const double SecondsPerHour = 3600;

    // Along the axis of silos.
    private const int Places = 61;

    private static readonly int[] s_powers = [10, 9, 8, 7, 6];

    /// <summary>Draws the plan for other rows.</summary>
    internal static LineChart Of(ClusterPlan plan)
    {
        int most = plan.Silos.Last();
        List<Curve> curves = [];
        List<(int Silos, double Hours)> limits = [];
        foreach (int power in s_powers)
        {
            ClusterPlan size = plan.With((long)Math.Pow(10, power));
            double Hours(int silos) => size.Best.With(silos).Whole.Seconds / SecondsPerHour;
            int pays = size.Best.PaysUpTo(most);
            limits.Add((pays, Hours(pays)));
            IEnumerable<int> silos = Enumerable.Range(0, Places).Select(place => (int)Math.Round(Math.Pow(most, place / (Places - 1.0)))).Append(pays).Distinct().Order();
            curves.Add(Curve.Of($"{NumberLabels.PowerOfTen(power)} rows", silos, number => number, Hours) with { Dashed = false });
        }

        curves.Add(Curve.Of("from here on doubling never saves a tenth", limits, limit => limit.Silos, limit => limit.Hours) with { IsPoints = true, ArePointsLarge = true });
        return new LineChart(Invariant($"Predicted: {plan.Task.Members} networks of {plan.Task.HiddenUnits} units, {plan.Task.Inputs} inputs"), "silos", "hours of training", curves)
        {
            LogarithmicX = true,
            LogarithmicY = true,
        };
    }
}
