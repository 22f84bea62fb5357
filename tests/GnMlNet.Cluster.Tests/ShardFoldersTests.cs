using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Tests;

public sealed class ShardFoldersTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("gnml-shards").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Only_what_lies_below_a_folder_once_links_are_followed_is_allowed()
    {
        if (OperatingSystem.IsWindows()) return;
        string allowed = Make("allowed"), below = Make("allowed/below"), secret = Make("secret"), sibling = Make("allowed-too");
        foreach (string folder in new[] { allowed, below, secret, sibling }) File.WriteAllText(Path.Combine(folder, "shard"), "");
        File.CreateSymbolicLink(Path.Combine(allowed, "out"), Path.Combine(secret, "shard"));
        Directory.CreateSymbolicLink(Path.Combine(allowed, "outside"), "../secret");
        Directory.CreateSymbolicLink(Path.Combine(secret, "back"), below);
        File.CreateSymbolicLink(Path.Combine(allowed, "circle"), "circle");
        // What is allowed may be given by a link, too.
        Directory.CreateSymbolicLink(Path.Combine(_root, "link"), allowed);
        var folders = new ShardFolders([Path.Combine(_root, "link")]);

        string real = folders.Resolve(Path.Combine(allowed, "shard"));
        folders.Resolve(Path.Combine(allowed, "below", "..", "shard")).Should().Be(real);
        folders.Resolve(Path.Combine(_root, "link", "shard")).Should().Be(real);
        // '..' behind a link is the folder above where it leads.
        folders.Resolve(Path.Combine(secret, "back", "..", "shard")).Should().Be(real);
        foreach (string refused in new[] { "secret/shard", "allowed-too/shard", "allowed/out", "allowed/outside/shard", "allowed/below/../../secret/shard", "allowed", "allowed/.." })
            FluentActions.Invoking(() => folders.Resolve(Path.Combine(_root, refused))).Should().Throw<ClusterException>().Which.Message.Should().Contain(refused).And.Contain("--allow");
        FluentActions.Invoking(() => folders.Resolve(Path.Combine(allowed, "circle"))).Should().Throw<ClusterException>().WithMessage("*circle*");
        FluentActions.Invoking(() => new ShardFolders([]).Resolve(real)).Should().Throw<ClusterException>().WithMessage("*reads no files*");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        FluentActions.Invoking(() => new ShardFolders([Path.Combine(_root, "missing")])).Should().Throw<ClusterException>().WithMessage("*missing*");

    [Fact]
    public async Task A_silo_refuses_a_shard_outside_its_folders()
    {
        string shard = Path.Combine(_root, "shard");
        await File.WriteAllTextAsync(shard, TestTable.ShardWord);
        await using LocalCluster cluster = await LocalCluster.StartInProcessAsync(1, TestSilo.PartWork, folders: new ShardFolders([Make("allowed")]));
        (await FluentActions.Awaiting(() => cluster.Coordinator.OpenTableAsync(TestTable.Kind, new TestTable(1, 0, shard).Description, 4)).Should().ThrowAsync<ClusterException>())
            .Which.Message.Should().StartWith("Silo silo 1 (").And.Contain($"The shard '{shard}' is refused");
    }

    private string Make(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
}
