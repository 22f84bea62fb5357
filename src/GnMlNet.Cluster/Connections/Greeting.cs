using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace GnMlNet.Cluster.Connections;

/// <summary>What a silo or client says first: its length, four bytes little-endian, and who it is, which Orleans reads. Until it is there nothing is set up for a connection; where something else comes, or nothing, it ends.</summary>
internal static class Greeting
{
    // Orleans accepts no longer one.
    private const int MostBytes = 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Lets a connection through once it has greeted.</summary>
    internal static void Await(IConnectionBuilder connections) => connections.Use(next => async connection =>
    {
        if (!await HasCome(connection).ConfigureAwait(false)) return;
        connection.Features.Get<Stranger>()?.Greets();
        await next(connection).ConfigureAwait(false);
    });

    private static async Task<bool> HasCome(ConnectionContext connection)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        limit.CancelAfter(Patience);
        PipeReader input = connection.Transport.Input;
        try
        {
            while (true)
            {
                ReadResult read = await input.ReadAsync(limit.Token).ConfigureAwait(false);
                bool? isWhole = IsWhole(read.Buffer);
                bool isAtEnd = isWhole is not null || read.IsCompleted || read.IsCanceled;
                // Nothing is taken: Orleans reads it again.
                input.AdvanceTo(read.Buffer.Start, isAtEnd ? read.Buffer.Start : read.Buffer.End);
                if (isAtEnd) return isWhole ?? false;
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ConnectionAbortedException)
        {
            return false;
        }
    }

    /// <summary>Whether a greeting is there; null where more must come.</summary>
    private static bool? IsWhole(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length < sizeof(int)) return null;
        Span<byte> start = stackalloc byte[sizeof(int)];
        bytes.Slice(0, sizeof(int)).CopyTo(start);
        int length = BinaryPrimitives.ReadInt32LittleEndian(start);
        if (length is <= 0 or > MostBytes) return false;
        return bytes.Length >= sizeof(int) + length ? true : null;
    }
}
