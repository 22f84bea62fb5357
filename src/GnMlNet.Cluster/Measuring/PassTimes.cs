namespace GnMlNet.Cluster.Measuring;

/// <summary>How long a kind of pass took.</summary>
/// <param name="Rows">The rows that one goes over.</param>
/// <param name="Seconds">Seconds for one, the median: from the request of the coordinator to the sum of all silos' vectors there.</param>
/// <param name="CoreSeconds">Seconds of cores for one, those of all silos together.</param>
/// <param name="PredictedSeconds">What the model of the costs says of it, from rates that were measured before, such as on another number of silos; null without.</param>
internal sealed record PassTimes(long Rows, double Seconds, double CoreSeconds, double? PredictedSeconds)
{
    /// <summary>Rows a second, by all silos.</summary>
    public double RowsPerSecond => Rows / Seconds;

    /// <summary>Rows a second of a core, without waiting, sending and adding up.</summary>
    public double RowsPerCoreSecond => Rows / CoreSeconds;
}
