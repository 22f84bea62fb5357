using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>A vector of the width that the runtime chose, up to 256 bits.</summary>
internal readonly unsafe struct NativeTileLanes<T>(Vector<T> vector) : ITileLanes<NativeTileLanes<T>, T>
    where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _vector = vector;

    internal Vector<T> Native => _vector;

    public static int Count => Vector<T>.Count;

    public static bool HasFourSums => Avx.IsSupported && Vector<byte>.Count == Vector256<byte>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeTileLanes<T> Load(T* first) => new(Vector.Load(first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeTileLanes<T> Of(T number) => new(new Vector<T>(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(NativeTileLanes<T> lanes, T* first) => lanes._vector.Store(first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeTileLanes<T> MultiplyAdd(NativeTileLanes<T> x, NativeTileLanes<T> y, NativeTileLanes<T> sum) =>
        typeof(T) == typeof(double)
            ? new(Vector.As<double, T>(Vector.FusedMultiplyAdd(Vector.As<T, double>(x._vector), Vector.As<T, double>(y._vector), Vector.As<T, double>(sum._vector))))
            : new(Vector.As<float, T>(Vector.FusedMultiplyAdd(Vector.As<T, float>(x._vector), Vector.As<T, float>(y._vector), Vector.As<T, float>(sum._vector))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeTileLanes<T> Multiply(NativeTileLanes<T> x, NativeTileLanes<T> y) => new(x._vector * y._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeTileLanes<T> Subtract(NativeTileLanes<T> x, NativeTileLanes<T> y) => new(x._vector - y._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeTileLanes<T> Abs(NativeTileLanes<T> x) => new(Vector.Abs(x._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeTileLanes<T> Limit(NativeTileLanes<T> x, NativeTileLanes<T> limit) => new(Vector.ConditionalSelect(Vector.GreaterThan(x._vector, limit._vector), limit._vector, x._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeTileLanes<T> PowerOfTwo(NativeTileLanes<T> n) =>
        typeof(T) == typeof(double)
            ? new(Vector.As<long, T>(Vector.ShiftLeft(Vector.As<T, long>(n._vector), 52) + Vector.AsVectorInt64(Vector<double>.One)))
            : new(Vector.As<int, T>(Vector.ShiftLeft(Vector.As<T, int>(n._vector), 23) + Vector.AsVectorInt32(Vector<float>.One)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(NativeTileLanes<T> lanes) => double.CreateTruncating(Vector.Sum(lanes._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> FourSums(NativeTileLanes<T> c0, NativeTileLanes<T> c1, NativeTileLanes<T> c2, NativeTileLanes<T> c3) =>
        LaneSums.Four(c0._vector.AsVector256(), c1._vector.AsVector256(), c2._vector.AsVector256(), c3._vector.AsVector256());
}
