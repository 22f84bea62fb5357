using System.Collections.Concurrent;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Settings;

/// <summary>The constants of instances, each enclosed once.</summary>
internal static class ConstantsOfInstance
{
    private static readonly ConcurrentDictionary<(string Name, int Bits, int EigenvalueBits), Lazy<Constants>> Known = new();

    internal static Constants At(InstanceData instance, int bits, int eigenvalueBits = Eigenvalues.RelativeBits) =>
        Known.GetOrAdd((instance.Name, bits, eigenvalueBits), _ => new Lazy<Constants>(() => new Constants(instance.At(bits), eigenvalueBits))).Value;
}
