using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>Applies a function to all numbers of a span: in vectors of 512 bits where the processor has them, then in those of the runtime, the last numbers one by one.</summary>
internal static class VectorMap<TFunction>
    where TFunction : struct, IVectorFunction
{
    internal static double Value(double z) => First(TFunction.Value(NativeLanes.Of(z), out _));

    internal static double Slope(double z)
    {
        TFunction.Value(NativeLanes.Of(z), out NativeLanes slope);
        return First(slope);
    }

    internal static void Evaluate(ReadOnlySpan<double> z, Span<double> value)
    {
        int done = Vector512.IsHardwareAccelerated ? Evaluate<WideLanes>(z, value, 0) : 0;
        for (done = Evaluate<NativeLanes>(z, value, done); done < z.Length; done++) value[done] = Value(z[done]);
    }

    internal static void Evaluate(ReadOnlySpan<double> z, Span<double> value, Span<double> slope)
    {
        int done = Vector512.IsHardwareAccelerated ? Evaluate<WideLanes>(z, value, slope, 0) : 0;
        for (done = Evaluate<NativeLanes>(z, value, slope, done); done < z.Length; done++) (value[done], slope[done]) = (Value(z[done]), Slope(z[done]));
    }

    // Each maps whole vectors from a place on and tells where it stopped.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Evaluate<TLanes>(ReadOnlySpan<double> z, Span<double> value, int first)
        where TLanes : struct, ILanes<TLanes>
    {
        ref double from = ref MemoryMarshal.GetReference(z);
        ref double to = ref MemoryMarshal.GetReference(value[..z.Length]);
        int i = first;
        for (; i <= z.Length - TLanes.Count; i += TLanes.Count)
            TLanes.Store(TFunction.Value(TLanes.Load(ref Unsafe.Add(ref from, i)), out _), ref Unsafe.Add(ref to, i));
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Evaluate<TLanes>(ReadOnlySpan<double> z, Span<double> value, Span<double> slope, int first)
        where TLanes : struct, ILanes<TLanes>
    {
        ref double from = ref MemoryMarshal.GetReference(z);
        ref double to = ref MemoryMarshal.GetReference(value[..z.Length]), slopes = ref MemoryMarshal.GetReference(slope[..z.Length]);
        int i = first;
        for (; i <= z.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(TFunction.Value(TLanes.Load(ref Unsafe.Add(ref from, i)), out TLanes at), ref Unsafe.Add(ref to, i));
            TLanes.Store(at, ref Unsafe.Add(ref slopes, i));
        }

        return i;
    }

    private static double First(NativeLanes lanes)
    {
        Span<double> numbers = stackalloc double[NativeLanes.Count];
        NativeLanes.Store(lanes, ref numbers[0]);
        return numbers[0];
    }
}
