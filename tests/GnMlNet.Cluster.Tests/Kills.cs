using System.Globalization;

namespace GnMlNet.Cluster.Tests;

/// <summary>How often tests kill a silo at a random moment: GNMLNET_KILLS, or three times.</summary>
internal static class Kills
{
    internal static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("GNMLNET_KILLS"), CultureInfo.InvariantCulture, out int count) ? count : 3;
}
