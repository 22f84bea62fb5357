namespace GnMlNet.Cluster.Costs;

/// <summary>How many machines there are, and what they have.</summary>
public sealed record ClusterSize
{
    /// <summary>The silos that compute; 0 where there is no cluster, and the machine that trains passes over the rows itself. All are alike.</summary>
    public int Silos { get; init; } = 1;

    /// <summary>Cores of a silo, above 0; less than 1 where it has a share of one.</summary>
    public double Cores { get; init; } = 2;

    /// <summary>Cores of the machine that coordinates, above 0.</summary>
    public double CoordinatorCores { get; init; } = 2;

    /// <summary>How many members take their steps at the same time: the threads that the coordinator was given, at least 1. A pass of a member takes one core of every silo.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Throws where a figure is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is; the exception names it.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Silos);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        if (!(Cores > 0 && double.IsFinite(Cores))) throw new ArgumentOutOfRangeException(nameof(Cores), Cores, "The cores of a silo must be above 0.");
        if (!(CoordinatorCores > 0 && double.IsFinite(CoordinatorCores))) throw new ArgumentOutOfRangeException(nameof(CoordinatorCores), CoordinatorCores, "The cores of the coordinator must be above 0.");
    }
}
