namespace GnMlNet.Core.Streaming;

/// <summary>The rows of a part of a large table, as whoever went through all of them found them.</summary>
/// <param name="Place">Where the first of them is in what they are read from.</param>
/// <param name="Rows">How many they are.</param>
/// <param name="Hash">The hashes of their blocks, one after the other.</param>
internal readonly record struct PartMark(long Place, int Rows, ulong Hash);
