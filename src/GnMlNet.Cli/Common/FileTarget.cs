using System.Formats.Tar;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;

namespace GnMlNet.Cli.Common;

/// <summary>What the path of a file to be written finally leads to.</summary>
/// <param name="Path">The full path without a symbolic link in it; nothing needs to be there.</param>
/// <param name="Descriptor">The open file of this process that the path names, such as 1 for /dev/stdout, or null.</param>
/// <param name="IsRegular">Whether it is a regular file or nothing yet, not a device, a pipe, a socket or an open file.</param>
internal sealed partial record FileTarget(string Path, int? Descriptor, bool IsRegular)
{
    /// <summary>What stands for standard output in place of a path; a file of that name is ./-.</summary>
    internal const string StandardOutput = "-";

    // As many as Linux follows.
    private const int MostLinks = 40;
    private const int StandardOutputDescriptor = 1;

    internal bool IsStandardOutput => Descriptor == StandardOutputDescriptor;

    /// <exception cref="UserError">The path is empty, or its symbolic links lead in a circle.</exception>
    internal static FileTarget Of(string given)
    {
        if (given.Length == 0) throw new UserError("Cannot write '': the path is empty.");
        if (given == StandardOutput) return new FileTarget(given, StandardOutputDescriptor, IsRegular: false);
        string path = Follow(given);
        int? descriptor = OpenFile().Match(path) is { Success: true, Groups: var groups } && (groups[1].Length == 0 || groups[1].Value == Invariant($"{Environment.ProcessId}"))
            ? int.Parse(groups[2].ValueSpan, CultureInfo.InvariantCulture)
            : null;
        return new FileTarget(path, descriptor, descriptor is null && IsRegularFile(path));
    }

    /// <summary>Opens what is no regular file, to be written as it is.</summary>
    internal Stream OpenThrough()
    {
        if (IsStandardOutput) return Common.StandardOutput.Open();
        if (Descriptor is { } open) return new FileStream(new SafeFileHandle(open, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>Follows all symbolic links, those of folders, too, as the system does: what .NET offers takes '..' for the folder above a link's name.</summary>
    private static string Follow(string given)
    {
        string start = System.IO.Path.Combine(Environment.CurrentDirectory, given);
        string at = System.IO.Path.GetPathRoot(start)!;
        Stack<string> rest = new();
        int links = 0;
        void Push(string relative)
        {
            foreach (string part in relative.Split(System.IO.Path.DirectorySeparatorChar, System.IO.Path.AltDirectorySeparatorChar).Reverse()) rest.Push(part);
        }

        Push(start[at.Length..]);
        while (rest.TryPop(out string? part))
        {
            if (part is "" or ".") continue;
            string next = part == ".." ? System.IO.Path.GetDirectoryName(at) ?? at : System.IO.Path.Combine(at, part);
            // The links to open files are followed by the system alone.
            if (part == ".." || OpenFile().IsMatch(next) || new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MostLinks) throw new UserError($"Cannot write '{given}': its symbolic links lead in a circle.");
            if (System.IO.Path.IsPathRooted(target))
            {
                at = System.IO.Path.GetPathRoot(target)!;
                target = target[at.Length..];
            }

            Push(target);
        }

        return given.EndsWith(System.IO.Path.DirectorySeparatorChar) ? System.IO.Path.Combine(at, "") + System.IO.Path.DirectorySeparatorChar : at;
    }

    /// <summary>Whether it is a regular file, a folder or nothing. .NET tells the kind of a file in the header of an archive alone; what has a length is regular.</summary>
    private static bool IsRegularFile(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > 0 || OperatingSystem.IsWindows()) return true;
        using var archive = new MemoryStream();
        try
        {
            using (var writer = new TarWriter(archive, leaveOpen: true)) writer.WriteEntry(path, entryName: "file");
        }
        catch (UnauthorizedAccessException)
        {
            // Of all kinds the content of a regular file alone is read.
            return true;
        }
        catch (IOException)
        {
            // No archive holds a socket.
            return false;
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;
    }

    [GeneratedRegex(@"^/(?:dev|proc/(\d+)(?:/task/\d+)?)/fd/(\d{1,9})$")]
    private static partial Regex OpenFile();
}
