using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace GnMlNet.Balls.Matrices;

/// <summary>
/// Loops over doubles for what needs no guarantee. Products and sums are rounded one by one in a fixed order, never fused, so that every machine finds the same
/// approximation.
/// </summary>
internal static unsafe class DoubleKernels
{
    private const int Width = 4;

    /// <summary>x^T y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(double* x, double* y, int length)
    {
        Lanes even = default, odd = default;
        int i = 0;
        for (; i <= length - (2 * Width); i += 2 * Width)
        {
            even += Vector256.Load(x + i) * Vector256.Load(y + i);
            odd += Vector256.Load(x + i + Width) * Vector256.Load(y + i + Width);
        }

        even += odd;
        double sum = even[0] + even[1] + (even[2] + even[3]);
        for (; i < length; i++) sum += x[i] * y[i];
        return sum;
    }

    /// <summary>Adds a multiple of x to y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMultiple(double factor, double* x, double* y, int length)
    {
        Lanes f = Vector256.Create(factor);
        int i = 0;
        for (; i <= length - Width; i += Width) (Vector256.Load(y + i) + (f * Vector256.Load(x + i))).Store(y + i);
        for (; i < length; i++) y[i] += factor * x[i];
    }
}
