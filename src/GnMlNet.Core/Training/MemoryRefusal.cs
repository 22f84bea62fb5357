using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Training;

/// <summary>A problem that does not fit into the memory it may have, with the figures. Whoever shows it says in the words of its own options what would help.</summary>
/// <param name="Subject">What does not fit, as the beginning of a sentence.</param>
/// <param name="Bytes">The bytes that it needs.</param>
/// <param name="Limit">The bytes that it may have.</param>
/// <param name="Remedies">What would help, at least one.</param>
public sealed record MemoryRefusal(string Subject, double Bytes, double Limit, IReadOnlyList<MemoryRemedy> Remedies)
{
    /// <summary>The most hidden units that would fit, where that is known and not 0; else null.</summary>
    public int? MostHiddenUnits { get; init; }

    /// <summary>What does not fit, and by how much: one sentence.</summary>
    public string Finding => $"{Subject} needs {ByteSize.Needed(Bytes)} of memory; the limit is {ByteSize.Allowed(Limit)}.";

    /// <summary>What would help: one sentence.</summary>
    /// <param name="name">How to say one remedy, such as the name of an option; null where there is no such option.</param>
    /// <exception cref="InvalidOperationException">There are no words for any of the remedies.</exception>
    public string Advice(Func<MemoryRemedy, string?> name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] words = [.. Remedies.Select(name).OfType<string>()];
        return words.Length switch
        {
            0 => throw new InvalidOperationException("A refusal without a way out."),
            1 => $"Use {words[0]}.",
            _ => $"Use {string.Join(", ", words[..^1])} or {words[^1]}.",
        };
    }

    /// <summary>The remedies in the words of nobody's options.</summary>
    internal string? InPlainWords(MemoryRemedy remedy) => remedy switch
    {
        MemoryRemedy.SingleNetwork => "a single network",
        MemoryRemedy.FewerHiddenUnits => MostHiddenUnits is { } most ? $"at most {most} hidden units" : "fewer hidden units",
        MemoryRemedy.FewerFeatures => "fewer features",
        MemoryRemedy.FewerRows => "fewer rows",
        MemoryRemedy.FixedPenalty => "a fixed penalty",
        MemoryRemedy.FewerCentres => "fewer centres and rows for the evidence of the kernel block",
        MemoryRemedy.NoKernel => "no kernel block",
        MemoryRemedy.SquaredError => "squared error",
        _ => "a greater memory limit",
    };
}
