using System.Net;

namespace GnMlNet.Cluster.Processes;

/// <summary>A silo as the whole work of a process, from its start to the request to end.</summary>
internal static class SiloRun
{
    /// <summary>What the line begins with that tells whoever started the process that the silo has joined; behind it is its address.</summary>
    internal const string Ready = "silo ready at ";

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
        await using (silo.ConfigureAwait(false))
        {
            await output.WriteLineAsync(Ready + silo.Endpoint).ConfigureAwait(false);
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            await silo.Completion.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The address in the line that a silo is ready, or null for another line.</summary>
    internal static IPEndPoint? Endpoint(string line) => line.StartsWith(Ready, StringComparison.Ordinal) && IPEndPoint.TryParse(line.AsSpan(Ready.Length), out IPEndPoint? endpoint) ? endpoint : null;

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
