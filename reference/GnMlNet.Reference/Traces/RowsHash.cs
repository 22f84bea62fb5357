using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GnMlNet.Reference.Traces;

/// <summary>The SHA-256 hash of the rows of a run, by which two files can be told to be about the same inputs.</summary>
public static class RowsHash
{
    /// <summary>The hash of x_1 ... x_d, y and the weight of every row, each number as the eight bytes of its double, the lowest byte first.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(RecordedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = new byte[sizeof(double)];
        foreach (RecordedRow row in run.Rows)
        {
            foreach (double number in (double[])[.. row.X, row.Y, row.Weight])
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
                hash.AppendData(bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
