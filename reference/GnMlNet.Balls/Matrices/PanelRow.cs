using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace GnMlNet.Balls.Matrices;

/// <summary>
/// Twelve doubles side by side, a row of a panel of an <see cref="IntegerMatrix"/>, in three vectors: what the kernels of exact products add up in registers.
/// </summary>
internal unsafe struct PanelRow
{
    private Lanes _first, _second, _third;

    private PanelRow(Lanes first, Lanes second, Lanes third) => (_first, _second, _third) = (first, second, third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PanelRow Load(double* source) => new(Vector256.Load(source), Vector256.Load(source + 4), Vector256.Load(source + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(double* target)
    {
        _first.Store(target);
        _second.Store(target + 4);
        _third.Store(target + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(double* sums) =>
        new PanelRow(Vector256.Load(sums) + _first, Vector256.Load(sums + 4) + _second, Vector256.Load(sums + 8) + _third).Store(sums);

    /// <summary>Adds the multiple of another row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddMultiple(double factor, PanelRow row)
    {
        Lanes x = Vector256.Create(factor);
        _first = Vector256.MultiplyAddEstimate(x, row._first, _first);
        _second = Vector256.MultiplyAddEstimate(x, row._second, _second);
        _third = Vector256.MultiplyAddEstimate(x, row._third, _third);
    }

    /// <summary>Residues modulo a prime.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly PanelRow Reduced(Lanes prime, Lanes inverse) => new(
        ResidueKernels.Reduced(_first, prime, inverse),
        ResidueKernels.Reduced(_second, prime, inverse),
        ResidueKernels.Reduced(_third, prime, inverse));

    /// <summary>Stores the digits of the values with the carries of the digits below, and returns the carries to the digits above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly PanelRow StoreDigits(PanelRow carry, double* target)
    {
        Lanes inverse = Vector256.Create(1 / IntegerMatrix.Radix);
        PanelRow digits = new(_first + carry._first, _second + carry._second, _third + carry._third);
        PanelRow next = new(Vector256.Round(digits._first * inverse), Vector256.Round(digits._second * inverse), Vector256.Round(digits._third * inverse));
        digits.AddMultiple(-IntegerMatrix.Radix, next);
        digits.Store(target);
        return next;
    }
}
