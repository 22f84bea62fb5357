using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GnMlNet.Cli.Benchmarks;

/// <summary>The fastest that one core can multiply and add in double precision: independent fused multiply-adds in registers, without memory.</summary>
internal static class PeakRate
{
    private const int Steps = 200_000;
    private const int Sums = 12;

    /// <summary>Floating-point operations per second in thousand millions, an addition and a multiplication counting as two.</summary>
    internal static double Measure()
    {
        long start = Stopwatch.GetTimestamp();
        // Used, so that nothing is left out.
        if (double.IsNaN(Run())) return double.NaN;
        return 2.0 * Steps * Sums * Vector<double>.Count / Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Run()
    {
        Vector<double> factor = new(1.0000001), term = new(1e-9);
        Vector<double> c0 = term, c1 = term, c2 = term, c3 = term, c4 = term, c5 = term, c6 = term, c7 = term, c8 = term, c9 = term, c10 = term, c11 = term;
        for (int i = 0; i < Steps; i++)
        {
            c0 = Vector.FusedMultiplyAdd(c0, factor, term);
            c1 = Vector.FusedMultiplyAdd(c1, factor, term);
            c2 = Vector.FusedMultiplyAdd(c2, factor, term);
            c3 = Vector.FusedMultiplyAdd(c3, factor, term);
            c4 = Vector.FusedMultiplyAdd(c4, factor, term);
            c5 = Vector.FusedMultiplyAdd(c5, factor, term);
            c6 = Vector.FusedMultiplyAdd(c6, factor, term);
            c7 = Vector.FusedMultiplyAdd(c7, factor, term);
            c8 = Vector.FusedMultiplyAdd(c8, factor, term);
            c9 = Vector.FusedMultiplyAdd(c9, factor, term);
            c10 = Vector.FusedMultiplyAdd(c10, factor, term);
            c11 = Vector.FusedMultiplyAdd(c11, factor, term);
        }

        return Vector.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }
}
