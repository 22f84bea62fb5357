using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>The width of the vectors that the kernels compute with: processes of the same width round alike.</summary>
internal static class VectorWidth
{
    /// <summary>Bits of the widest vectors in use: 128, 256 or 512.</summary>
    internal static int Bits => Vector512.IsHardwareAccelerated ? 512 : Vector<byte>.Count * 8;

    /// <summary>Whether the processor multiplies and adds with one rounding.</summary>
    internal static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.IsSupported;
}
