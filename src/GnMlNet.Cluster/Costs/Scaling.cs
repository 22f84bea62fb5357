namespace GnMlNet.Cluster.Costs;

/// <summary>How the predicted time of a training falls with the number of silos, and where it no longer does.</summary>
public sealed class Scaling
{
    // Half the time is what twice the silos could save at best.
    private const double WorthwhileSaving = 0.1;

    // Numbers of silos that are looked at lie so close.
    private const double Ratio = 1.1;

    private readonly TrainingTask _task;
    private readonly ClusterRates _rates;
    private readonly ClusterSize _cluster;
    private readonly Spread? _spread;
    private readonly Dictionary<int, TrainingCost> _known = [];

    /// <summary>Prepares predictions; none is made yet.</summary>
    /// <param name="task">What is trained.</param>
    /// <param name="rates">What machines and wires do.</param>
    /// <param name="cluster">What the machines have; how many there are is of no consequence.</param>
    /// <param name="spread">What is spread over them; null for whichever takes less time with so many.</param>
    public Scaling(TrainingTask task, ClusterRates rates, ClusterSize cluster, Spread? spread = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        (_task, _rates, _cluster, _spread) = (task, rates, cluster, spread);
    }

    /// <summary>The cost with so many silos; 0 for no cluster.</summary>
    /// <param name="silos">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is out of its range; the exception names it.</exception>
    public TrainingCost With(int silos)
    {
        if (_known.TryGetValue(silos, out TrainingCost? known)) return known;
        ClusterSize cluster = _cluster with { Silos = silos };
        return _known[silos] = _spread is { } spread ? TrainingCost.Of(_task, _rates, cluster, spread) : TrainingCost.Least(_task, _rates, cluster);
    }

    /// <summary>Where adding silos stops to pay: the least number from which on, up to a greatest one, doubling it never saves a tenth of the time. The greatest one where doubling that still does.</summary>
    /// <param name="most">The greatest number that is looked at, at least 1; those above 11 about a tenth apart.</param>
    public int PaysUpTo(int most)
    {
        int pays = most;
        foreach (int silos in Numbers(most).Reverse())
        {
            if (With(2 * silos).Whole.Seconds < (1 - WorthwhileSaving) * With(silos).Whole.Seconds) break;
            pays = silos;
        }

        return pays;
    }

    /// <summary>With how many silos training takes the least time; the fewest of several.</summary>
    /// <inheritdoc cref="PaysUpTo"/>
    public int Fastest(int most) => Numbers(most).MinBy(silos => With(silos).Whole.Seconds);

    private static IEnumerable<int> Numbers(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        for (int silos = 1; silos < most; silos = Math.Max(silos + 1, (int)(Ratio * silos))) yield return silos;
        yield return most;
    }
}
