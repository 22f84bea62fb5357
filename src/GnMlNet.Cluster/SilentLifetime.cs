using Microsoft.Extensions.Hosting;

namespace GnMlNet.Cluster;

/// <summary>A host that starts without a word and ends when it is told to.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
