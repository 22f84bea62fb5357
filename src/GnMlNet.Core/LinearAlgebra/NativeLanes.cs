using System.Numerics;
using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>The lanes of a vector of the width that the runtime chose, up to 256 bits.</summary>
internal readonly struct NativeLanes(Vector<double> vector) : ILanes<NativeLanes>
{
    private readonly Vector<double> _vector = vector;

    public static int Count => Vector<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes operator +(NativeLanes a, NativeLanes b) => new(a._vector + b._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes operator -(NativeLanes a, NativeLanes b) => new(a._vector - b._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes operator *(NativeLanes a, NativeLanes b) => new(a._vector * b._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes operator /(NativeLanes a, NativeLanes b) => new(a._vector / b._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes operator -(NativeLanes a) => new(-a._vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes Of(double number) => new(new Vector<double>(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes Load(ref readonly double first) => new(Vector.LoadUnsafe(in first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(NativeLanes lanes, ref double first) => lanes._vector.StoreUnsafe(ref first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes MultiplyAdd(NativeLanes a, NativeLanes b, NativeLanes c) => new(Vector.FusedMultiplyAdd(a._vector, b._vector, c._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes Abs(NativeLanes a) => new(Vector.Abs(a._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes CopySign(NativeLanes magnitude, NativeLanes sign) => new(Vector.CopySign(magnitude._vector, sign._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes WhereGreater(NativeLanes a, NativeLanes b, NativeLanes greater, NativeLanes otherwise) =>
        new(Vector.ConditionalSelect(Vector.GreaterThan(a._vector, b._vector), greater._vector, otherwise._vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NativeLanes PowerOfTwo(NativeLanes n) =>
        new(Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(n._vector), 52) + Vector.AsVectorInt64(Vector<double>.One)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(NativeLanes lanes) => Vector.Sum(lanes._vector);
}
