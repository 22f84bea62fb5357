using GnMlNet.Balls;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>
/// The figures that are known to be undecided: a file with one of them a line, the name of the run's files, the figure and the iteration, apart by spaces; # begins a remark. The list is exact:
/// a figure that is undecided and not named, or named and not undecided, is a fault.
/// </summary>
internal sealed class ExpectedUndecided
{
    private readonly string _file;
    private readonly HashSet<(string File, string Name, int Iteration)> _figures = [];

    private ExpectedUndecided(string file) => _file = file;

    /// <summary>Reads a list.</summary>
    /// <exception cref="UserError">A line is none of the list.</exception>
    internal static ExpectedUndecided Read(string path)
    {
        var expected = new ExpectedUndecided(path);
        string[] lines = InputFile.Open(path, "list of undecided figures").ReadText().Split('\n');
        for (int k = 0; k < lines.Length; k++)
        {
            string[] words = lines[k].Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            if (words.Length != 3 || !int.TryParse(words[2], System.Globalization.CultureInfo.InvariantCulture, out int iteration)) throw new UserError($"{path}, line {k + 1}: a line must name a run, a figure and an iteration.");
            if (!expected._figures.Add((words[0], words[1], iteration))) throw new UserError($"{path}, line {k + 1}: this figure is named twice.");
        }

        return expected;
    }

    /// <summary>What the list and the outcome do not agree on, one line each.</summary>
    internal IReadOnlyList<string> Faults(CrossCheckOutcome outcome)
    {
        HashSet<(string, string, int)> found = [.. outcome.Open.Where(open => open.Figure.Verdict == Verdict.Undecided).Select(open => (open.File, open.Figure.Name, open.Figure.Iteration))];
        return
        [
            .. found.Where(figure => !_figures.Contains(figure)).Select(figure => Invariant($"undecided and not expected: {figure.Item1} {figure.Item2} {figure.Item3}")),
            .. _figures.Where(figure => !found.Contains(figure)).Select(figure => Invariant($"expected by {_file} and not undecided: {figure.File} {figure.Name} {figure.Iteration}")),
        ];
    }
}
