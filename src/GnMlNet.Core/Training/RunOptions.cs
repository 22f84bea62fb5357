using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Training;

/// <summary>What can be chosen about every run, whatever is trained and by which method.</summary>
public sealed record RunOptions
{
    /// <summary>m, the number of hidden units of a network, at least 1; null for the number that suits what is trained, which the options that hold these name.</summary>
    public int? HiddenUnits { get; init; }

    /// <summary>sigma, the activation of the hidden units.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>The seed of everything that is random: initial weights, signs, folds, the validation split.</summary>
    public int Seed { get; init; }

    /// <summary>How many threads may work at once; at least 1. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The most memory, in bytes, that training may ask for; at least 1. The result does not depend on it: rows of a large table that do not fit go into temporary files.</summary>
    public long MemoryLimit { get; init; } = DefaultMemoryLimit;

    /// <summary>The folder for temporary files; null for the system's.</summary>
    public string? TemporaryFolder { get; init; }

    /// <summary>The most bytes that temporary files may take together; at least 1.</summary>
    public long TemporaryFileLimit { get; init; } = long.MaxValue;

    /// <summary>The default of <see cref="MemoryLimit"/>: four fifths of the memory that the process may use.</summary>
    public static long DefaultMemoryLimit => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 5 * 4;

    /// <summary>Throws when an option is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option, which the exception names, is out of its range.</exception>
    internal void Validate()
    {
        if (HiddenUnits is { } units) ArgumentOutOfRangeException.ThrowIfLessThan(units, 1, nameof(HiddenUnits));
        ArgumentNullException.ThrowIfNull(Activation);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MemoryLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TemporaryFileLimit, 1);
    }
}
