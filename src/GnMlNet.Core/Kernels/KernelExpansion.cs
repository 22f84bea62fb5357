using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Kernels;

/// <summary>A function f(x) = sum_j a_j k(x, z_j), by a kernel, its centres z_j and their coefficients. Immutable.</summary>
public sealed class KernelExpansion
{
    private const int MostOnStack = 128;

    private readonly double[] _coefficients;
    private readonly double _sum;
    private readonly PointColumns<double> _centres;
    private readonly RadialTile<double> _tile;
    private readonly (RadialTile<float> Tile, PointColumns<float> Centres, float[] Coefficients)? _narrowed;

    /// <param name="kernel">k.</param>
    /// <param name="centres">z.</param>
    /// <param name="coefficients">a.</param>
    /// <param name="inSinglePrecision">Whether the kernel is evaluated in single precision, which is twice as fast and loses what many centres can spare.</param>
    internal KernelExpansion(RadialKernel kernel, PointColumns<double> centres, double[] coefficients, bool inSinglePrecision)
    {
        (Kernel, _centres, _coefficients) = (kernel, centres, coefficients);
        (_sum, _tile) = (coefficients.Sum(), kernel.Tile<double>());
        if (inSinglePrecision) _narrowed = (kernel.Tile<float>(), centres.As<float>(), [.. coefficients.Select(value => (float)value)]);
    }

    /// <summary>k.</summary>
    public RadialKernel Kernel { get; }

    /// <summary>How many centres there are.</summary>
    public int CentreCount => _coefficients.Length;

    /// <summary>a, one for each centre.</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients;

    /// <summary>Whether the kernel is evaluated in single precision.</summary>
    public bool IsInSinglePrecision => _narrowed is not null;

    internal PointColumns<double> Centres => _centres;

    /// <summary>f(x).</summary>
    /// <param name="x">d numbers.</param>
    internal double Evaluate(ReadOnlySpan<double> x)
    {
        if (_narrowed is not { } narrowed) return (Kernel.Constant * _sum) + _tile.WeightedSum(x, _centres, _coefficients);
        Span<float> single = x.Length <= MostOnStack ? stackalloc float[x.Length] : new float[x.Length];
        for (int k = 0; k < x.Length; k++) single[k] = (float)x[k];
        return (Kernel.Constant * _sum) + narrowed.Tile.WeightedSum(single, narrowed.Centres, narrowed.Coefficients);
    }

    /// <summary>Adds the derivatives of f by x; at a kink of the Laplace part the mean of both sides.</summary>
    /// <param name="x">d numbers.</param>
    /// <param name="slopes">d numbers.</param>
    internal void AddSlopes(ReadOnlySpan<double> x, Span<double> slopes) => _tile.AddSlopes(x, _centres, _coefficients, slopes);
}
