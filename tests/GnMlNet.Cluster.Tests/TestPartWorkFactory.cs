using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Tests;

internal sealed class TestPartWorkFactory : IPartWorkFactory
{
    public IPartWork Create(ReadOnlyMemory<byte> description, ShardFolders folders, CancellationToken cancellation) => new PartWork(TestTable.Read(description, folders));

    private sealed class PartWork(TestTable table) : IPartWork
    {
        public double[] Sum(ReadOnlyMemory<byte> request, int firstPart, int endPart, CancellationToken cancellation) => SumTree.Sum(firstPart, endPart, part =>
        {
            table.Wait(cancellation);
            return table.Part(request.Span, part);
        });
    }
}
