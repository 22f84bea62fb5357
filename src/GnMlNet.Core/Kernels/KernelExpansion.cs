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

    /// <summary>Makes a function from its numbers.</summary>
    /// <param name="kernel">k, of d coordinates.</param>
    /// <param name="centreTable">The centres, n d finite numbers, point by point; copied.</param>
    /// <param name="coefficients">a, n numbers; copied.</param>
    /// <param name="inSinglePrecision">Whether the kernel is evaluated in single precision, which is twice as fast and loses what many centres can spare.</param>
    /// <exception cref="ArgumentException">There is no centre, or there are more or fewer numbers than the centres have.</exception>
    public KernelExpansion(RadialKernel kernel, double[] centreTable, IReadOnlyList<double> coefficients, bool inSinglePrecision = false)
        : this(Checked(kernel, centreTable, coefficients), PointColumns<double>.OfTable(centreTable, kernel.InputSize), [.. coefficients], inSinglePrecision)
    {
    }

    /// <param name="kernel">k.</param>
    /// <param name="centres">z.</param>
    /// <param name="coefficients">a.</param>
    /// <param name="inSinglePrecision">Whether the kernel is evaluated in single precision.</param>
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

    /// <summary>The centres, point by point: rows of the training with their features mapped. The same array for functions that share their centres.</summary>
    public double[] CentreTable => _centres.Table;

    /// <summary>f(x).</summary>
    /// <param name="x">d numbers.</param>
    internal double Evaluate(ReadOnlySpan<double> x)
    {
        Span<double> within = x.Length <= MostOnStack ? stackalloc double[x.Length] : new double[x.Length];
        RadialKernel.CopyWithinReach(x, within);
        if (_narrowed is not { } narrowed) return (Kernel.Constant * _sum) + _tile.WeightedSum(within, _centres, _coefficients);
        Span<float> single = x.Length <= MostOnStack ? stackalloc float[x.Length] : new float[x.Length];
        for (int k = 0; k < x.Length; k++) single[k] = (float)within[k];
        return (Kernel.Constant * _sum) + narrowed.Tile.WeightedSum(single, narrowed.Centres, narrowed.Coefficients);
    }

    /// <summary>Adds the derivatives of f by x, in double also where f is evaluated in single precision; at a kink of the Laplace part the mean of both sides.</summary>
    /// <param name="x">d numbers.</param>
    /// <param name="slopes">d numbers.</param>
    /// <param name="kinks">Where half of what the derivative to the right exceeds that to the left by is added, d numbers; or nothing.</param>
    internal void AddSlopes(ReadOnlySpan<double> x, Span<double> slopes, Span<double> kinks = default)
    {
        Span<double> within = x.Length <= MostOnStack ? stackalloc double[x.Length] : new double[x.Length];
        RadialKernel.CopyWithinReach(x, within);
        _tile.AddSlopes(within, _centres, _coefficients, slopes, kinks);
    }

    private static RadialKernel Checked(RadialKernel kernel, double[] centreTable, IReadOnlyList<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(centreTable);
        ArgumentNullException.ThrowIfNull(coefficients);
        if (coefficients.Count == 0 || centreTable.Length != (long)coefficients.Count * kernel.InputSize)
            throw new ArgumentException($"{coefficients.Count} centres of {kernel.InputSize} coordinates do not have {centreTable.Length} numbers.", nameof(centreTable));
        return kernel;
    }
}
