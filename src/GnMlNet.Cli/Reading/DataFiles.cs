namespace GnMlNet.Cli.Reading;

/// <summary>The files that make up a table, as the command line names them: one after the other, or by a wildcard.</summary>
internal static class DataFiles
{
    private const string StandardInput = "-";

    /// <summary>The files in order; those of a wildcard by name.</summary>
    /// <param name="given">What the command line names: paths, whose last name may have <c>*</c> and <c>?</c>, or - for the standard input.</param>
    /// <exception cref="UserError">No file matches, or a file is named twice.</exception>
    internal static IReadOnlyList<string> Expand(IReadOnlyList<string> given)
    {
        string[] files = [.. given.SelectMany(Matches)];
        if (files.GroupBy(file => file == StandardInput ? file : Path.GetFullPath(file)).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new UserError($"--data names '{twice.First()}' {(twice.Count() == 2 ? "twice" : $"{twice.Count()} times")}; its rows would be known from training when they are tested. Name each file once.");
        return files;
    }

    private static IReadOnlyList<string> Matches(string path)
    {
        string name = Path.GetFileName(path), folder = Path.GetDirectoryName(path) ?? "";
        if (!name.AsSpan().ContainsAny('*', '?') || File.Exists(path)) return [path];
        if (folder.Length > 0 && !Directory.Exists(folder)) throw new UserError($"There is no folder '{folder}' to find '{name}' in.");
        string[] found = [.. Directory.EnumerateFiles(folder.Length == 0 ? "." : folder, name).Select(file => Path.Combine(folder, Path.GetFileName(file))).Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new UserError($"No file matches '{path}'.");
    }
}
