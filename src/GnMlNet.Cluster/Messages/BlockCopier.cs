using Orleans.Serialization.Cloning;

namespace GnMlNet.Cluster.Messages;

/// <summary>Hands a block on as it is.</summary>
[RegisterCopier]
internal sealed class BlockCopier : IDeepCopier<Block>, IOptionalDeepCopier
{
    public bool IsShallowCopyable() => true;

    public Block? DeepCopy(Block? input, CopyContext context) => input;
}
