using System.Security.Cryptography;

namespace GnMlNet.Core.Checkpoints;

/// <summary>The SHA-256 of numbers.</summary>
internal static class StateHash
{
    /// <summary>That of what is written, in hexadecimal digits.</summary>
    internal static string Of(Action<StateWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new StateWriter(stream)) write(writer);
        return Convert.ToHexStringLower(SHA256.HashData(stream.ToArray()));
    }
}
