namespace GnMlNet.Cli.Common;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    internal const int Success = 0;

    /// <summary>The data, a file or the model cannot be used, or what was to be proved is refuted; the message says why.</summary>
    internal const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    internal const int Usage = 2;

    /// <summary>Nothing is refuted, but something that was to be proved could be neither proved nor refuted.</summary>
    internal const int Undecided = 3;

    /// <summary>A fault of the program itself (EX_SOFTWARE of sysexits.h).</summary>
    internal const int InternalError = 70;

    /// <summary>Interrupted by the user (128 + SIGINT).</summary>
    internal const int Interrupted = 130;

    /// <summary>Nobody reads any longer what was being written (128 + SIGPIPE).</summary>
    internal const int ClosedPipe = 141;
}
