namespace GnMlNet.Ledger.Tests.Paper;

/// <summary>A numbered or named piece of the paper's text.</summary>
/// <param name="Name">Its number or name, or what a sentence without one is about.</param>
/// <param name="Rows">The labels of its rows in the ledger; none where it claims nothing.</param>
/// <param name="Reason">Why it has no row.</param>
/// <param name="Repeats">The display whose claim it states once more.</param>
internal sealed record PaperItem(string Name, string[] Rows, string Reason = "", string Repeats = "");
