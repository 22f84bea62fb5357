namespace GnMlNet.Cluster.Work;

/// <summary>Numbers to be added.</summary>
internal interface IVector
{
    ReadOnlySpan<double> Numbers { get; }
}
