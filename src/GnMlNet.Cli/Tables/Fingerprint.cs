using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace GnMlNet.Cli.Tables;

/// <summary>A number for a sequence of cells: equal ones have the same, others practically never.</summary>
internal static class Fingerprint
{
    /// <summary>That of no cells.</summary>
    internal const ulong Empty = 0;

    /// <summary>That of a sequence with one more cell.</summary>
    internal static ulong With(ulong before, string cell) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(cell.AsSpan()), (long)before);
}
