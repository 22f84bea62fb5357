using System.Numerics;
using System.Runtime.Intrinsics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>How wide the vectors are that kernels work with: sums run across them, so results depend on it in their last bits.</summary>
internal static class VectorWidth
{
    /// <summary>Their bits.</summary>
    internal static int Bits => Vector512.IsHardwareAccelerated ? 512 : 64 * Vector<double>.Count;
}
