namespace GnMlNet.Cli.Common;

/// <summary>
/// A file to read: a path, or - for the standard input. It can be opened any number of times; what can be read only once, such as a pipe, is first copied to a temporary file,
/// which disappears with the process.
/// </summary>
internal sealed class InputFile
{
    private const string StandardInput = "-";

    private static bool s_isStandardInputRead;

    // The temporary copy; closing it deletes it.
    private readonly FileStream? _copy;

    private InputFile(string name, FileStream? copy) => (Name, _copy) = (name, copy);

    /// <summary>What it is called in messages.</summary>
    internal string Name { get; }

    /// <summary>Looks whether the file can be read, and copies what can be read only once.</summary>
    /// <param name="path">The path.</param>
    /// <param name="wanted">What it should be, such as "CSV file".</param>
    /// <param name="advice">What to do where there is no such file; may be empty.</param>
    /// <exception cref="UserError">There is no such file, or it cannot be read.</exception>
    internal static InputFile Open(string path, string wanted, string advice = "")
    {
        if (path == StandardInput) return OpenStandardInput();
        if (Directory.Exists(path)) throw new UserError($"'{path}' is a folder; give a {wanted}.");
        if (!File.Exists(path)) throw new UserError($"There is no file '{path}'.{(advice.Length > 0 ? $" {advice}" : "")}");
        try
        {
            using FileStream stream = OpenShared(path);
            return stream.CanSeek ? new InputFile(path, copy: null) : Copy(path, stream);
        }
        catch (UnauthorizedAccessException)
        {
            throw new UserError($"Cannot read '{path}': permission denied.");
        }
    }

    /// <summary>Starts reading.</summary>
    internal Stream OpenStream() => OpenShared(_copy?.Name ?? Name);

    /// <summary>All of it as text.</summary>
    internal string ReadText()
    {
        using var reader = new StreamReader(OpenStream());
        return reader.ReadToEnd();
    }

    /// <summary>Its lines, one after the other.</summary>
    internal IEnumerable<string> ReadLines()
    {
        using var reader = new StreamReader(OpenStream());
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static InputFile OpenStandardInput()
    {
        if (s_isStandardInputRead) throw new UserError("The standard input, -, can be read only once; give a path for the other file.");
        s_isStandardInputRead = true;
        using Stream stream = Console.OpenStandardInput();
        return Copy("the standard input", stream);
    }

    private static InputFile Copy(string name, Stream stream)
    {
        string path = Path.Combine(Path.GetTempPath(), $"gnml-{Guid.NewGuid():N}.tmp");
        var copy = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.DeleteOnClose });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => copy.Dispose();
        try
        {
            stream.CopyTo(copy);
            copy.Flush();
        }
        catch (IOException error)
        {
            copy.Dispose();
            throw new UserError($"Cannot keep a copy of {name} in '{Path.GetTempPath()}': {error.Message} Give a file, or name a larger folder in TMPDIR.");
        }

        return new InputFile(name, copy);
    }

    private static FileStream OpenShared(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
