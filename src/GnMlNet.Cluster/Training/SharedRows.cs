using System.Security.Cryptography;
using System.Text;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cluster.Training;

/// <summary>What a silo computes of the rows of a large table, which it reads from a folder: the sums of passes.</summary>
internal sealed class SharedRows : IPartWork, IRowWork, IDisposable
{
    private readonly LargeTable _table;

    private SharedRows(LargeTable table) => _table = table;

    public Action<long> Passed
    {
        set => _table.Passed = value;
    }

    /// <summary>The kind of these tables.</summary>
    internal const string Kind = "rows";

    /// <summary>Which table it is: its hash, and where it is.</summary>
    internal static byte[] Describe(string folder, byte[] hash) => [.. hash, .. Encoding.UTF8.GetBytes(folder)];

    public double[] Sum(ReadOnlyMemory<byte> request, int firstPart, int endPart, CancellationToken cancellation)
    {
        RowPass pass = PassBytes.Read(request);
        return _table.Sum(pass, firstPart, endPart, cancellation) ?? new double[pass.Length];
    }

    public long Rows(int firstPart, int endPart) => _table.Layout.RowsOf(firstPart, endPart);

    public void Dispose() => _table.Dispose();

    /// <summary>Opens the table that a description is of.</summary>
    internal static LargeTable Open(ReadOnlyMemory<byte> description, ShardFolders folders)
    {
        if (description.Length <= SHA256.HashSizeInBytes) throw new ClusterException("A table is described by its hash and its folder; there are fewer bytes than that.");
        string folder = Encoding.UTF8.GetString(description.Span[SHA256.HashSizeInBytes..]);
        return SharedTable.Open(folders.Resolve(folder), description.Span[..SHA256.HashSizeInBytes]);
    }

    /// <summary>Opens tables.</summary>
    internal sealed class Factory : IPartWorkFactory
    {
        public IPartWork Create(ReadOnlyMemory<byte> description, ShardFolders folders, CancellationToken cancellation) => new SharedRows(Open(description, folders));
    }
}
