using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>A vector of 512 bits, where the processor has them.</summary>
internal readonly unsafe struct WideTileLanes<T>(Vector512<T> vector) : ITileLanes<WideTileLanes<T>, T>
    where T : unmanaged, INumberBase<T>
{
    private readonly Vector512<T> _vector = vector;

    public static int Count => Vector512<T>.Count;

    public static bool HasFourSums => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideTileLanes<T> Load(T* first) => new(Vector512.Load(first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideTileLanes<T> Of(T number) => new(Vector512.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(WideTileLanes<T> lanes, T* first) => lanes._vector.Store(first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideTileLanes<T> MultiplyAdd(WideTileLanes<T> x, WideTileLanes<T> y, WideTileLanes<T> sum) =>
        typeof(T) == typeof(double)
            ? new(Vector512.FusedMultiplyAdd(x._vector.AsDouble(), y._vector.AsDouble(), sum._vector.AsDouble()).As<double, T>())
            : new(Vector512.FusedMultiplyAdd(x._vector.AsSingle(), y._vector.AsSingle(), sum._vector.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideTileLanes<T> Multiply(WideTileLanes<T> x, WideTileLanes<T> y) => new(x._vector * y._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideTileLanes<T> Subtract(WideTileLanes<T> x, WideTileLanes<T> y) => new(x._vector - y._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideTileLanes<T> Abs(WideTileLanes<T> x) => new(Vector512.Abs(x._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideTileLanes<T> Limit(WideTileLanes<T> x, WideTileLanes<T> limit) => new(Vector512.ConditionalSelect(Vector512.GreaterThan(x._vector, limit._vector), limit._vector, x._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideTileLanes<T> PowerOfTwo(WideTileLanes<T> n) =>
        typeof(T) == typeof(double)
            ? new((Vector512.ShiftLeft(n._vector.AsInt64(), 52) + Vector512<double>.One.AsInt64()).As<long, T>())
            : new((Vector512.ShiftLeft(n._vector.AsInt32(), 23) + Vector512<float>.One.AsInt32()).As<int, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(WideTileLanes<T> lanes) => double.CreateTruncating(Vector512.Sum(lanes._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> FourSums(WideTileLanes<T> c0, WideTileLanes<T> c1, WideTileLanes<T> c2, WideTileLanes<T> c3) =>
        LaneSums.Four(
            c0._vector.GetLower() + c0._vector.GetUpper(),
            c1._vector.GetLower() + c1._vector.GetUpper(),
            c2._vector.GetLower() + c2._vector.GetUpper(),
            c3._vector.GetLower() + c3._vector.GetUpper());
}
