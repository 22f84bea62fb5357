namespace GnMlNet.Cli.Reading;

/// <summary>Names of columns as they are typed, separated by commas; a name may have commas itself.</summary>
internal static class NameList
{
    /// <summary>The columns that are meant: each word whole where it is a name, else its parts between commas, the longest names first.</summary>
    /// <exception cref="UserError">There is no such column.</exception>
    internal static string[] Resolve(IEnumerable<string> words, TableFile file)
    {
        var found = new List<string>();
        foreach (string word in words)
        {
            if (file.Find(word) >= 0) found.Add(word);
            else found.AddRange(Split(word, file));
        }

        return [.. found.Distinct()];
    }

    private static IEnumerable<string> Split(string word, TableFile file)
    {
        string[] parts = word.Split(',');
        for (int first = 0; first < parts.Length;)
        {
            int count = parts.Length - first;
            string name = Joined(count);
            while (count > 1 && file.Find(name) < 0) name = Joined(--count);
            if (name.Length > 0) yield return file.Header[file.IndexOf(name)];
            first += count;

            string Joined(int length) => string.Join(',', parts.AsSpan(first, length)!).Trim();
        }
    }
}
