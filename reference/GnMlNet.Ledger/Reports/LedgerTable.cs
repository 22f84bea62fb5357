using System.Text;

namespace GnMlNet.Ledger.Reports;

/// <summary>The ledger as a page of the documentation.</summary>
public static class LedgerTable
{
    private const string Introduction =
        """
        # The ledger: every statement, decided

        Each row is a statement of S. Cayci, *Gauss-Newton dynamics for neural networks: a Riemannian optimization perspective*, or one of the repaired ones (1R to 6R) that
        [theory.md](theory.md) proves. The project `reference/GnMlNet.Ledger` decides it on concrete networks, in arithmetic with bounds: hypotheses are proved on the instance
        first, and a verdict is a comparison of two enclosures, never of doubles.

        [ledger-methods.md](ledger-methods.md) says what each computation proves.

        - *proved on N instances*: every conclusion holds there, certified. It never means that the statement is true: that takes a proof, which theory.md gives for the repaired ones.
          *Up to t = T* or *k = K*: conclusions about all times or steps are compared up to the time or the step that every one of these instances reaches.
        - *undecided on*: there the enclosures did not suffice. *Hypotheses not met by*: there a hypothesis is proved false, so the statement says nothing.
        - *refuted by* an instance: all hypotheses are proved there, and a conclusion is proved false.
        - *vacuous*: nothing meets the hypotheses.
        - *not decidable by computation*: a statement about expectations or smooth structure; a consequence is proved instead, which the row names.

        `gnml audit` decides them all again and writes the certificates; this page is its quick set, and a test fails when the two differ.

        | Statement | What it says | Inequality | Verdict | How it is decided | More |
        |---|---|---|---|---|---|

        """;

    /// <summary>The page.</summary>
    public static string Markdown(IReadOnlyList<Entry> entries)
    {
        var page = new StringBuilder(Introduction);
        foreach (Entry entry in entries)
        {
            StatementText text = entry.Text;
            string label = text.Number.Length == 0 || text.Label.Contains('(') ? text.Label : $"{text.Label} {text.Number}";
            string repaired = text.RepairedBy is { } repair && repair != text.Label ? $"; see {repair}" : "";
            string hypotheses = text.Hypotheses is ["none"] or [] ? "" : $" *If* {string.Join("; ", text.Hypotheses)}.";
            page.Append(Row([label, text.Says + hypotheses, text.Inequality, entry.Verdict.ToString(), text.Method, $"[theory](theory.md#{text.Anchor}){repaired}"]));
        }

        return page.ToString();
    }

    // A bar would end the cell.
    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";
}
