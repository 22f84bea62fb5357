using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GnMlNet.Cluster.Work;
using Orleans.Connections.Security;

namespace GnMlNet.Cluster.Membership;

/// <summary>What a silo shows to others, and by which it judges what they show: its certificate with its key, and the authority that both must have.</summary>
public sealed class ClusterCertificate : IDisposable
{
    private readonly X509Certificate2 _own;
    private readonly X509Certificate2 _authority;

    private ClusterCertificate(X509Certificate2 own, X509Certificate2 authority) => (_own, _authority) = (own, authority);

    /// <summary>Reads a PKCS#12 file that holds the certificate of this machine with its key and the certificate of the authority that signed it.</summary>
    /// <param name="path">The file, such as <c>machine-1.pfx</c>.</param>
    /// <param name="passwordPath">The file whose first line is its password, or null where it has none.</param>
    /// <exception cref="ClusterException">A file cannot be read, or lacks one of these.</exception>
    public static ClusterCertificate Load(string path, string? passwordPath)
    {
        ArgumentNullException.ThrowIfNull(path);
        X509Certificate2Collection all;
        try
        {
            string? password = passwordPath is null ? null : File.ReadLines(passwordPath).FirstOrDefault("");
            all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException($"Cannot read the certificate '{path}': {error.Message}", error);
        }
        catch (CryptographicException error)
        {
            throw new ClusterException($"Cannot read the certificate '{path}': it is no PKCS#12 file, or has another password than that in {(passwordPath is null ? "no file (give one)" : $"'{passwordPath}'")}.", error);
        }

        X509Certificate2 own = all.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw new ClusterException($"The file '{path}' has no private key: export it with 'openssl pkcs12 -export -inkey KEY'.");
        X509Certificate2 authority = all.FirstOrDefault(certificate => certificate != own && certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData))
            ?? throw new ClusterException($"The file '{path}' has no certificate of the authority: export it with 'openssl pkcs12 -export -certfile AUTHORITY'.");
        var loaded = new ClusterCertificate(own, authority);
        return loaded.IsOfAuthority(own) ? loaded : throw new ClusterException($"The certificate in '{path}' is not signed by the authority in it, or is not valid today.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _own.Dispose();
        _authority.Dispose();
    }

    /// <summary>Asks for certificates on both sides of every connection.</summary>
    internal void Apply(TlsOptions options)
    {
        options.LocalCertificate = _own;
        options.LocalClientCertificateSelector = (_, _, _, _, _) => _own;
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.RemoteCertificateValidation = (certificate, _, _) => IsOfAuthority(certificate);
        options.OnAuthenticateAsClient = (_, client) =>
        {
            // Silos are found by their addresses; it is the authority that vouches for them.
            client.TargetHost = "gnml";
            client.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
        };
        options.OnAuthenticateAsServer = (_, server) => server.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
    }

    private bool IsOfAuthority(X509Certificate2? certificate)
    {
        if (certificate is null) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }
}
