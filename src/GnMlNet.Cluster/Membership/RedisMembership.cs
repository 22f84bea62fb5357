using System.Net;
using GnMlNet.Cluster.Work;
using StackExchange.Redis;

namespace GnMlNet.Cluster.Membership;

/// <summary>A list of silos that a Redis server keeps.</summary>
internal static class RedisMembership
{
    internal static bool IsAddress(string address)
    {
        try
        {
            return ConfigurationOptions.Parse(address).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Options that outlive a server that is gone for a while.</summary>
    internal static ConfigurationOptions Options(string address)
    {
        ConfigurationOptions options = ConfigurationOptions.Parse(address);
        options.AbortOnConnectFail = false;
        return options;
    }

    /// <summary>Where the server is.</summary>
    internal static (string Host, int Port) Server(string address) => ConfigurationOptions.Parse(address).EndPoints[0] switch
    {
        DnsEndPoint name => (name.Host, name.Port),
        IPEndPoint number => (number.Address.ToString(), number.Port),
        _ => (IPAddress.Loopback.ToString(), 0),
    };

    /// <summary>Looks whether the server is there.</summary>
    /// <exception cref="ClusterException">It is not.</exception>
    internal static async Task Check(string address)
    {
        (string host, int port) = Server(address);
        try
        {
            ConfigurationOptions options = ConfigurationOptions.Parse(address);
            (options.AbortOnConnectFail, options.ConnectRetry) = (true, 1);
            await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false);
        }
        catch (RedisConnectionException error)
        {
            throw new ClusterException($"The Redis server at {host}:{port} cannot be used ({error.FailureType}); is it running, and the address right?", error);
        }
    }
}
