using System.Text.Json.Serialization;

namespace GnMlNet.Ledger.Verdicts;

/// <summary>What a statement says, in our words.</summary>
/// <param name="Label">Its name, such as "Theorem 1" or "1R".</param>
/// <param name="Says">What it says.</param>
/// <param name="Hypotheses">Under which conditions.</param>
/// <param name="Inequality">The inequality that is decided.</param>
/// <param name="Method">How it is decided, and for a vacuous or undecidable one why it is.</param>
/// <param name="Expected">The verdict that it must have.</param>
/// <param name="Number">The numbers of its formulas in the paper, if they are not its name.</param>
/// <param name="Anchor">Where docs/theory.md treats it: a heading.</param>
/// <param name="RepairedBy">The label of the statement that holds instead.</param>
/// <param name="ExpectedUndecided">On how many instances of the quick set the enclosures do not suffice.</param>
public sealed record StatementText(
    [property: JsonPropertyOrder(-2)] string Label,
    string Says,
    IReadOnlyList<string> Hypotheses,
    string Inequality,
    string Method,
    [property: JsonConverter(typeof(JsonStringEnumConverter<VerdictKind>))] VerdictKind Expected,
    string? Number = null,
    string Anchor = "which-printed-statements-hold",
    string? RepairedBy = null,
    int ExpectedUndecided = 0)
{
    /// <summary>The numbers of its formulas in the paper; empty if it has none.</summary>
    [JsonPropertyOrder(-1)]
    public string Number { get; } = Number ?? (Label.StartsWith('(') ? Label : "");
}
