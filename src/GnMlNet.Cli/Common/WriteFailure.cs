namespace GnMlNet.Cli.Common;

/// <summary>Why something could not be written. On Unix the number of an I/O error is that of the system.</summary>
internal static class WriteFailure
{
    private const int NoSpace = 28, ClosedPipe = 32, LinuxQuota = 122, MacQuota = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Whether there was no space left.</summary>
    internal static bool IsFull(Exception error) => error is IOException && (OperatingSystem.IsWindows()
        ? error.HResult is WindowsDiskFull or WindowsHandleDiskFull
        : error.HResult == NoSpace || error.HResult == (OperatingSystem.IsMacOS() ? MacQuota : LinuxQuota));

    /// <summary>Whether nobody reads any longer what was written.</summary>
    internal static bool IsClosedPipe(Exception error) => error is IOException && !OperatingSystem.IsWindows() && error.HResult == ClosedPipe;

    /// <summary>The reason in a few words, without a path: that of a temporary file tells nothing.</summary>
    internal static string Reason(Exception error) => error switch
    {
        UnauthorizedAccessException { InnerException: IOException system } => Uncapitalized(system.Message),
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException or DirectoryNotFoundException => "there is no such place",
        _ when IsFull(error) => "no space left on the device",
        _ => Uncapitalized(error.Message.Split(" : '")[0].TrimEnd('.')),
    };

    private static string Uncapitalized(string text) => text.Length == 0 ? "it is not known why" : $"{char.ToLowerInvariant(text[0])}{text[1..]}";
}
