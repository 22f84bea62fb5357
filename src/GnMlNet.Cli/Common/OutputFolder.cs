namespace GnMlNet.Cli.Common;

/// <summary>A folder that a command writes several files to.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder if it is not there, before any work is done.</summary>
    /// <exception cref="UserError">It cannot be made; the message says why.</exception>
    internal static void Prepare(string folder)
    {
        if (File.Exists(folder)) throw new UserError($"Cannot write to the folder '{folder}': it is a file.");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"Cannot make the folder '{folder}': {error.Message}");
        }
    }
}
