using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Cli.Internals;

/// <summary>The fastest that one core can multiply and add in double precision: independent fused multiply-adds in registers, without memory.</summary>
internal static class PeakRate
{
    private const int Steps = 200_000;
    private const int Sums = 12;

    /// <summary>The width of these vectors.</summary>
    internal static int VectorBits => 64 * (Vector512.IsHardwareAccelerated ? Vector512<double>.Count : Vector<double>.Count);

    /// <summary>Floating-point operations per second in thousand millions, an addition and a multiplication counting as two, in the widest vectors that the kernels use.</summary>
    internal static double Measure() => Vector512.IsHardwareAccelerated ? Measure<WideLanes>() : Measure<NativeLanes>();

    private static double Measure<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        long start = Stopwatch.GetTimestamp();
        // Used, so that nothing is left out.
        if (double.IsNaN(Run<TLanes>())) return double.NaN;
        return 2.0 * Steps * Sums * TLanes.Count / Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes factor = TLanes.Of(1.0000001), term = TLanes.Of(1e-9);
        TLanes c0 = term, c1 = term, c2 = term, c3 = term, c4 = term, c5 = term, c6 = term, c7 = term, c8 = term, c9 = term, c10 = term, c11 = term;
        for (int i = 0; i < Steps; i++)
        {
            c0 = TLanes.MultiplyAdd(c0, factor, term);
            c1 = TLanes.MultiplyAdd(c1, factor, term);
            c2 = TLanes.MultiplyAdd(c2, factor, term);
            c3 = TLanes.MultiplyAdd(c3, factor, term);
            c4 = TLanes.MultiplyAdd(c4, factor, term);
            c5 = TLanes.MultiplyAdd(c5, factor, term);
            c6 = TLanes.MultiplyAdd(c6, factor, term);
            c7 = TLanes.MultiplyAdd(c7, factor, term);
            c8 = TLanes.MultiplyAdd(c8, factor, term);
            c9 = TLanes.MultiplyAdd(c9, factor, term);
            c10 = TLanes.MultiplyAdd(c10, factor, term);
            c11 = TLanes.MultiplyAdd(c11, factor, term);
        }

        return TLanes.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }
}
