using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Tests;

/// <summary>Certificates as docs/cluster.md says how they are made.</summary>
public sealed partial class CertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gnml-certificates").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [NeedsToolFact("openssl")]
    public async Task A_silo_without_a_certificate_of_the_authority_cannot_join()
    {
        string ours = Issue("ours"), others = Issue("others");
        ClusterSpecification cluster = ClusterSpecification.Local(FreePort.On(IPAddress.Loopback), "certificates");
        using ClusterCertificate certificate = ClusterCertificate.Load(Path.Combine(ours, "machine-1.pfx"), Path.Combine(ours, "machine-1.password"));
        int gateway = FreePort.On(IPAddress.Loopback);
        await using ClusterSilo coordinator = await ClusterSilo.StartAsync(TestSilo.Options(cluster) with { Port = cluster.Primary.Port, GatewayPort = gateway, Certificate = certificate, Name = "coordinator" });

        await using SiloProcess friend = Start(cluster, "friend", ours), stranger = Start(cluster, "stranger", others), bare = Start(cluster, "bare", null);
        await friend.Ready(TimeLimit.Minute());
        await coordinator.WaitForSilosAsync(2, TimeLimit.Minute());
        var table = new TestTable(Length: 1000);
        await using (ClusterTable opened = await coordinator.OpenTableAsync(TestTable.Kind, table.Description, 16))
            (await opened.SumAsync(new byte[] { 1 }, TimeLimit.Minute())).Should().Equal(table.Sum([1], 16));

        // They had as long as the one that joined, and more.
        await Task.Delay(3000);
        (await ClusterStatus.ReadAsync(cluster, gateway, certificate, withDead: true, TimeLimit.Minute())).Select(silo => silo.Name).Should().BeEquivalentTo("coordinator", "friend");
        // Nor is there an answer without one.
        using var soon = new CancellationTokenSource(3000);
        await FluentActions.Awaiting(() => ClusterStatus.ReadAsync(cluster, gateway, certificate: null, cancellation: soon.Token)).Should().ThrowAsync<Exception>();
        foreach (SiloProcess intruder in new[] { stranger, bare }) intruder.Kill();
    }

    [NeedsToolFact("openssl")]
    public void A_certificate_that_cannot_be_used_is_refused_with_its_file()
    {
        string ours = Issue("ours");
        string pfx = Path.Combine(ours, "machine-1.pfx"), password = Path.Combine(ours, "machine-1.password");
        void Refused(string file, string? passwordFile, string reason) => FluentActions.Invoking(() => ClusterCertificate.Load(file, passwordFile)).Should().Throw<ClusterException>().Which.Message.Should().Contain(reason).And.Contain(file);
        Refused(Path.Combine(ours, "machine-2.pfx"), password, "Cannot read");
        Refused(pfx, null, "another password");
        Tool.Run(ours, "openssl", "pkcs12", "-export", "-inkey", "machine-1.key", "-in", "machine-1.pem", "-passout", "file:machine-1.password", "-out", "alone.pfx");
        Refused(Path.Combine(ours, "alone.pfx"), password, "authority");
        Tool.Run(ours, "openssl", "pkcs12", "-export", "-nokeys", "-in", "machine-1.pem", "-certfile", "authority.pem", "-passout", "file:machine-1.password", "-out", "keyless.pfx");
        Refused(Path.Combine(ours, "keyless.pfx"), password, "private key");
        string others = Issue("others");
        Tool.Run(ours, "openssl", "pkcs12", "-export", "-inkey", "machine-1.key", "-in", "machine-1.pem", "-certfile", Path.Combine(others, "authority.pem"), "-passout", "file:machine-1.password", "-out", "mixed.pfx");
        Refused(Path.Combine(ours, "mixed.pfx"), password, "not signed by the authority");
    }

    /// <summary>Runs all commands of the page that make certificates, in a folder of their own.</summary>
    private string Issue(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        string root = typeof(CertificateTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;
        string[] commands = [.. Command().Matches(File.ReadAllText(Path.Combine(root, "docs", "cluster.md"))).Select(match => match.Value)];
        commands.Should().HaveCount(5);
        foreach (string command in commands) Tool.Run(folder, "sh", "-c", command);
        return folder;
    }

    private static SiloProcess Start(ClusterSpecification cluster, string name, string? folder) => SiloProcess.Start(
        TestSilo.Program,
        [
            "silo", "--cluster", $"local@{cluster.Primary.Port}", "--cluster-id", cluster.ClusterId, "--name", name, "--ends-with-input",
            .. folder is null ? (string[])[] : ["--certificate", Path.Combine(folder, "machine-1.pfx"), "--certificate-password-file", Path.Combine(folder, "machine-1.password")],
        ]);

    [GeneratedRegex(@"^openssl .*$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
