namespace GnMlNet.Cli.Common;

/// <summary>A folder that a command writes several files to.</summary>
internal sealed class OutputFolder
{
    private readonly string _path;

    /// <summary>Makes the folder if it is not there, before any work is done.</summary>
    /// <exception cref="UserError">It cannot be made; the message says why.</exception>
    internal OutputFolder(string path)
    {
        _path = path;
        if (File.Exists(path)) throw new UserError($"Cannot write to the folder '{path}': it is a file.");
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"Cannot make the folder '{path}': {error.Message}");
        }
    }

    /// <summary>The path of a file in it.</summary>
    internal string At(string name) => Path.Combine(_path, name);

    internal void Write(string name, string text) => Write(name, writer => writer.Write(text));

    internal void Write(string name, Action<TextWriter> write) => AtomicFile.WriteText(At(name), write);
}
