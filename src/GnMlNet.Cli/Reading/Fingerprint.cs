using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;

namespace GnMlNet.Cli.Reading;

/// <summary>A number for a sequence of cells: equal ones have the same, others practically never.</summary>
internal static class Fingerprint
{
    // 2^64 divided by the golden ratio, odd: multiplication by it loses nothing.
    private const ulong Factor = 0x9E3779B97F4A7C15;

    /// <summary>That of no cells.</summary>
    internal const ulong Empty = 0;

    /// <summary>That of one cell.</summary>
    internal static ulong Of(ReadOnlySpan<char> cell) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(cell));

    /// <summary>That of a cell that is a number.</summary>
    internal static ulong Of(double number) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in number)));

    /// <summary>That of a sequence with one more part.</summary>
    /// <param name="before">That of the sequence.</param>
    /// <param name="next">That of the part.</param>
    internal static ulong With(ulong before, ulong next) => (BitOperations.RotateLeft(before, 5) ^ next) * Factor;
}
