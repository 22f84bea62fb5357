using GnMlNet.Cluster.Processes;

namespace GnMlNet.Cluster;

/// <summary>A silo as the whole work of a process, from its start to the request to end.</summary>
internal static class SiloRun
{
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(3);

    /// <summary>Runs until it is asked to end, the silo ends by itself, or the standard input does where that is looked at.</summary>
    /// <param name="start">Starts the silo.</param>
    /// <param name="output">Where the line goes that it is ready.</param>
    /// <param name="endsWithInput">Whether the end of the standard input ends it: that of a child process ends with its parent, however that ends.</param>
    /// <param name="cancellation">Asks to end.</param>
    internal static async Task Run(Func<CancellationToken, Task<ClusterSilo>> start, TextWriter output, bool endsWithInput, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (endsWithInput) _ = Task.Run(() => WaitForEndOfInput(end), CancellationToken.None);
        ClusterSilo silo = await start(end.Token).ConfigureAwait(false);
        await output.WriteLineAsync(ReadyLine.Of(silo.Endpoint)).ConfigureAwait(false);
        await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        await silo.Completion.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Of a child whose parent has ended nobody is left to take leave of.
        await silo.DisposeAsync().AsTask().WaitAsync(endsWithInput ? LeaveLimit : Timeout.InfiniteTimeSpan, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task WaitForEndOfInput(CancellationTokenSource end)
    {
        using Stream input = Console.OpenStandardInput();
        byte[] bytes = new byte[64];
        while (await input.ReadAsync(bytes).ConfigureAwait(false) > 0)
        {
        }

        await end.CancelAsync().ConfigureAwait(false);
    }
}
