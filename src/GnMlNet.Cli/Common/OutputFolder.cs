namespace GnMlNet.Cli.Common;

/// <summary>A folder that a command writes several files to.</summary>
internal sealed class OutputFolder
{
    private readonly string _path;

    /// <summary>Makes the folder if it is not there, and tries to write to it, before any work is done.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="UserError">It cannot be made or written to; the message says why.</exception>
    internal OutputFolder(string path, string option = "--out")
    {
        _path = path;
        if (File.Exists(path)) throw new UserError($"Cannot write to the folder '{path}': it is a file.");
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"Cannot make the folder '{path}': {WriteFailure.Reason(error)}. Choose another one with {option}.");
        }

        try
        {
            using var trial = new FileStream(At($"gnml-{Path.GetRandomFileName()}.tmp"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"Cannot write to the folder '{path}': {WriteFailure.Reason(error)}. Choose another one with {option}.");
        }
    }

    /// <summary>The path of a file in it.</summary>
    internal string At(string name) => Path.Combine(_path, name);

    internal void Write(string name, string text) => Write(name, writer => writer.Write(text));

    internal void Write(string name, Action<TextWriter> write) => OutputFile.WriteText(At(name), write);
}
