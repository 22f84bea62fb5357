namespace GnMlNet.Cluster.Measuring;

/// <summary>How much is done to measure a cluster.</summary>
/// <param name="Repeats">How often each is measured; medians count.</param>
/// <param name="WarmUpSeconds">For how long each is done before.</param>
/// <param name="AtOnce">How many passes are under way at a time.</param>
internal sealed record MeasuringEffort(int Repeats, double WarmUpSeconds, int AtOnce);
