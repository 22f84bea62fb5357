namespace GnMlNet.Cluster.Silos;

/// <summary>The key of a grain that belongs to one silo: the silo's address, and behind a bar the rest.</summary>
internal static class SiloKey
{
    private const char Bar = '/';

    internal static string Of(SiloAddress silo, string rest) => $"{silo.ToParsableString()}{Bar}{rest}";

    internal static SiloAddress Silo(string key) => SiloAddress.FromParsableString(key[..key.IndexOf(Bar)]);
}
