using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>The eight lanes of a vector of 512 bits, where the processor has them.</summary>
internal readonly struct WideLanes(Vector512<double> vector) : ILanes<WideLanes>
{
    private readonly Vector512<double> _vector = vector;

    public static int Count => Vector512<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator +(WideLanes a, WideLanes b) => new(a._vector + b._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator -(WideLanes a, WideLanes b) => new(a._vector - b._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator *(WideLanes a, WideLanes b) => new(a._vector * b._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator /(WideLanes a, WideLanes b) => new(a._vector / b._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator -(WideLanes a) => new(-a._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Of(double number) => new(Vector512.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Load(ref readonly double first) => new(Vector512.LoadUnsafe(in first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(WideLanes lanes, ref double first) => lanes._vector.StoreUnsafe(ref first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes MultiplyAdd(WideLanes a, WideLanes b, WideLanes c) => new(Vector512.FusedMultiplyAdd(a._vector, b._vector, c._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Abs(WideLanes a) => new(Vector512.Abs(a._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes CopySign(WideLanes magnitude, WideLanes sign) => new(Vector512.CopySign(magnitude._vector, sign._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes WhereGreater(WideLanes a, WideLanes b, WideLanes greater, WideLanes otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(a._vector, b._vector), greater._vector, otherwise._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes PowerOfTwo(WideLanes n) =>
        new((Vector512.ShiftLeft(n._vector.AsInt64(), 52) + Vector512<double>.One.AsInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(WideLanes lanes) => Vector512.Sum(lanes._vector);
}
