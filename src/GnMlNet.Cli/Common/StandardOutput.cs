using Microsoft.Win32.SafeHandles;

namespace GnMlNet.Cli.Common;

/// <summary>Standard output for what programs read.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;
    private const int BufferSize = 1 << 14;

    /// <summary>Its bytes. .NET's own stream hides that nobody reads a pipe any longer; in a file, where that cannot be, it keeps the place at which others go on.</summary>
    internal static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();
        var file = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return file.CanSeek ? Console.OpenStandardOutput() : file;
    }

    /// <summary>Its text, which may have no end that is known: a full device ends it. To be flushed at the end.</summary>
    internal static TextWriter OpenText() => OperatingSystem.IsWindows() ? Console.Out : new StreamWriter(new MeasuredStream(Open(), canSeek: false, countsOn: false, why => new UserError($"Cannot write to standard output: {why}.")), bufferSize: BufferSize);
}
