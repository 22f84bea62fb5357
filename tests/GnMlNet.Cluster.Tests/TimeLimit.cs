namespace GnMlNet.Cluster.Tests;

/// <summary>An end to waiting: what a test waits for comes within a minute, or never.</summary>
internal static class TimeLimit
{
    internal static CancellationToken Minute() => new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token;
}
