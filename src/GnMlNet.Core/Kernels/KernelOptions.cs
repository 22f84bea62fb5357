namespace GnMlNet.Core.Kernels;

/// <summary>Everything that can be chosen about the kernel block of an ensemble.</summary>
public sealed record KernelOptions
{
    /// <summary>How many members the block has, each with a kernel of its own; at least 1.</summary>
    public int Members { get; init; } = Defaults.Members;

    /// <summary>m, how many rows the sparse form has units at, and how many precondition conjugate gradients; at least 1.</summary>
    public int Centres { get; init; } = Defaults.Centres;

    /// <summary>How many rows the evidence of a kernel is computed of, at most; at least 1.</summary>
    public int EvidenceRows { get; init; } = Defaults.EvidenceRows;

    /// <summary>How many distinct rows the sparse form solves with, at most; at least 1. Where there are more they are drawn at random: the units, many fewer, hardly hear of the others.</summary>
    public int SolutionRows { get; init; } = Defaults.SolutionRows;

    /// <summary>How the output weights are found; null chooses by the number of rows and the memory.</summary>
    public KernelForm? Form { get; init; }

    /// <summary>
    /// Whether the score has derivatives everywhere: a Gaussian kernel alone, whose functions have no kinks; features that are bent lead smoothly into a constant beyond the
    /// training rows; plain means in place of winsorized ones; and no limit by the range of the labels.
    /// </summary>
    public bool Smooth { get; init; }

    /// <summary>Throws when an option is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option, which the exception names, is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Centres, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(EvidenceRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SolutionRows, 1);
        if (Form is { } form && !Enum.IsDefined(form)) throw new ArgumentOutOfRangeException(nameof(Form), form, "There is no such form.");
    }

    /// <summary>The values of the options that are not set.</summary>
    public static class Defaults
    {
        /// <summary>The default of <see cref="KernelOptions.Members"/>.</summary>
        public const int Members = 4;

        /// <summary>The default of <see cref="KernelOptions.Centres"/>.</summary>
        public const int Centres = 2000;

        /// <summary>The default of <see cref="KernelOptions.EvidenceRows"/>.</summary>
        public const int EvidenceRows = 800;

        /// <summary>The default of <see cref="KernelOptions.SolutionRows"/>.</summary>
        public const int SolutionRows = 50_000;
    }
}
