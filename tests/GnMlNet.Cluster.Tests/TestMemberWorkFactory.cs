using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Tests;

/// <summary>The answer of a member is its request backwards.</summary>
internal sealed class TestMemberWorkFactory : IMemberWorkFactory
{
    public IMemberWork Create(ReadOnlyMemory<byte> description, ShardFolders folders, CancellationToken cancellation) => new MemberWork(TestTable.Read(description, folders));

    private sealed class MemberWork(TestTable table) : IMemberWork
    {
        public byte[] Run(ReadOnlyMemory<byte> request, CancellationToken cancellation)
        {
            table.Wait(cancellation);
            byte[] answer = request.ToArray();
            Array.Reverse(answer);
            return answer;
        }
    }
}
