using System.CommandLine;
using GnMlNet.Cli.Options;
using GnMlNet.Cluster.Membership;

namespace GnMlNet.Cli.Clustering;

/// <summary>Options by which a command finds a cluster.</summary>
/// <param name="isRequired">Whether the command is about a cluster; without one it does its work alone.</param>
/// <param name="startsSilos">Whether a command about a cluster may start silos on this machine.</param>
internal sealed class ClusterOptions(bool isRequired = true, bool startsSilos = false)
{
    private const string Places = "local (this machine, the first silo at port 11111), local@PORT, redis:HOST:PORT[,OPTIONS] or postgres:CONNECTION STRING";

    private readonly Option<string?> _cluster = new("--cluster")
    {
        Description = isRequired
            ? $"Where silos find each other: {Places}{(startsSilos ? "; local:SILOS starts so many processes on this machine" : "")}."
            : $"Let the silos of a cluster train the networks of an ensemble, or pass over the rows of a large table: local:SILOS starts so many processes on this machine; other clusters are found at {Places}. The model has the same bits.",
        Required = isRequired,
    };

    private readonly Option<string> _id = new("--cluster-id") { Description = "The name of the cluster; silos of other names do not meet.", DefaultValueFactory = _ => ClusterSpecification.DefaultClusterId };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "A PKCS#12 file with the certificate and key of this machine and the certificate of the authority; connections then have TLS, and the other side must have one of the same authority." };
    private readonly Option<string?> _passwordFile = new("--certificate-password-file") { Description = "A file whose first line is the password of the certificate." };

    internal void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _cluster, _id, _certificate, _passwordFile }) command.Add(option);
        command.Validators.Add(result =>
        {
            if (Rules.IsGiven(result, _passwordFile) && !Rules.IsGiven(result, _certificate)) result.AddError($"{_passwordFile.Name} needs {_certificate.Name}.");
            foreach (Option option in new Option[] { _id, _certificate })
            {
                if (!isRequired && Rules.IsGiven(result, option) && !Rules.IsGiven(result, _cluster)) result.AddError($"{option.Name} needs {_cluster.Name}.");
            }
        });
    }

    /// <summary>Whether a cluster is given.</summary>
    internal bool IsGiven(ParseResult parsed) => parsed.GetValue(_cluster) is not null;

    /// <inheritdoc cref="IsGiven(ParseResult)"/>
    internal bool IsGiven(System.CommandLine.Parsing.CommandResult result) => Rules.IsGiven(result, _cluster);

    internal ClusterSpecification Cluster(ParseResult parsed) => ClusterSpecification.Parse(parsed.GetValue(_cluster)!, parsed.GetValue(_id)!);

    /// <summary>The certificate, or null where none is given.</summary>
    internal ClusterCertificate? Certificate(ParseResult parsed) => parsed.GetValue(_certificate) is { } file ? ClusterCertificate.Load(file, parsed.GetValue(_passwordFile)) : null;
}
