using System.Security.Cryptography;
using System.Text;

namespace GnMlNet.Reference.Traces;

/// <summary>The SHA-256 hash of a trace, line by line. Of a file as it is written it is the hash of its bytes, since every line ends with a line feed.</summary>
internal sealed class TraceHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    internal void Add(string line) => _hash.AppendData(Encoding.UTF8.GetBytes(line + '\n'));

    /// <summary>64 lower-case hexadecimal digits.</summary>
    internal string Value() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
