using System.CommandLine;
using GnMlNet.Cli.Options;
using GnMlNet.Cluster.Membership;

namespace GnMlNet.Cli.Clustering;

/// <summary>Options by which a command finds a cluster.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string> _cluster = new("--cluster")
    {
        Description = "Where silos find each other: local (this machine, the first silo at port 11111), local@PORT, redis:HOST:PORT[,OPTIONS] or postgres:CONNECTION STRING.",
        Required = true,
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
        });
    }

    internal ClusterSpecification Cluster(ParseResult parsed) => ClusterSpecification.Parse(parsed.GetValue(_cluster)!, parsed.GetValue(_id)!);

    /// <summary>The certificate, or null where none is given.</summary>
    internal ClusterCertificate? Certificate(ParseResult parsed) => parsed.GetValue(_certificate) is { } file ? ClusterCertificate.Load(file, parsed.GetValue(_passwordFile)) : null;
}
