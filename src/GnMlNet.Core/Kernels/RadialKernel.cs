using System.Numerics;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Kernels;

/// <summary>
/// k(x, z) = s1 exp(-sum_k rho_k |x_k - z_k|) + s2 exp(-1/2 sum_k (q_k (x_k - z_k))^2) + s0, a positive definite function of two points. It is the covariance of a network of
/// infinitely many cosine units with uniform phases and random hidden weights, Cauchy ones in the first part, normal ones in the second (Rahimi and Recht 2007); the first
/// part is also that of infinitely many random axis-parallel trees (Balog et al. 2016). Immutable.
/// </summary>
public sealed class RadialKernel
{
    /// <summary>How far from 0 coordinates of a point are told apart: beyond it the kernel has long become its constant, and the square of such a coordinate times a rate of 0 would not be a number.</summary>
    public const double Reach = 1e15;

    private readonly double[] _laplaceRates;
    private readonly double[] _gaussianRates;

    /// <summary>Makes a kernel from its numbers.</summary>
    /// <param name="laplaceVariance">s1, finite and at least 0; 0 leaves the part out.</param>
    /// <param name="laplaceRates">rho, d finite numbers of at least 0; copied.</param>
    /// <param name="gaussianVariance">s2, finite and at least 0; 0 leaves the part out.</param>
    /// <param name="gaussianRates">q, d finite numbers of at least 0; copied.</param>
    /// <param name="constant">s0, finite and at least 0.</param>
    /// <exception cref="ArgumentException">A number is out of its range, there are none, or there are more of one kind than of the other.</exception>
    public RadialKernel(double laplaceVariance, IReadOnlyList<double> laplaceRates, double gaussianVariance, IReadOnlyList<double> gaussianRates, double constant)
    {
        ArgumentNullException.ThrowIfNull(laplaceRates);
        ArgumentNullException.ThrowIfNull(gaussianRates);
        if (laplaceRates.Count == 0 || laplaceRates.Count != gaussianRates.Count)
            throw new ArgumentException($"A kernel needs as many rates of one kind as of the other, at least one; there are {laplaceRates.Count} and {gaussianRates.Count}.", nameof(gaussianRates));
        foreach (double value in laplaceRates.Concat(gaussianRates).Append(laplaceVariance).Append(gaussianVariance).Append(constant))
        {
            if (!double.IsFinite(value) || value < 0) throw new ArgumentException($"A kernel's rates and variances must be finite and at least 0; found {value}.", nameof(laplaceRates));
        }

        (LaplaceVariance, GaussianVariance, Constant) = (laplaceVariance, gaussianVariance, constant);
        (_laplaceRates, _gaussianRates) = ([.. laplaceRates], [.. gaussianRates]);
    }

    /// <summary>s1, the variance of the Laplace part.</summary>
    public double LaplaceVariance { get; }

    /// <summary>rho, by column: the inverse of the distance over which the Laplace part falls to 1/e.</summary>
    public IReadOnlyList<double> LaplaceRates => _laplaceRates;

    /// <summary>s2, the variance of the Gaussian part.</summary>
    public double GaussianVariance { get; }

    /// <summary>q, by column: the inverse of the distance over which the Gaussian part falls to exp(-1/2).</summary>
    public IReadOnlyList<double> GaussianRates => _gaussianRates;

    /// <summary>s0, the constant: the variance of an unknown mean.</summary>
    public double Constant { get; }

    /// <summary>d, the number of coordinates.</summary>
    public int InputSize => _laplaceRates.Length;

    /// <summary>k(x, x), the same everywhere.</summary>
    public double Diagonal => LaplaceVariance + GaussianVariance + Constant;

    /// <summary>Copies a point, with coordinates beyond <see cref="Reach"/> drawn in.</summary>
    internal static void CopyWithinReach(ReadOnlySpan<double> x, Span<double> within)
    {
        for (int k = 0; k < x.Length; k++) within[k] = Math.Clamp(x[k], -Reach, Reach);
    }

    /// <summary>The loops over the kernel without its constant.</summary>
    internal RadialTile<T> Tile<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(_laplaceRates, [.. _gaussianRates.Select(rate => rate * rate / 2)], LaplaceVariance, GaussianVariance);

    /// <summary>The values between a point and the first of others, as many as there is room for.</summary>
    internal void Evaluate(RadialTile<double> tile, ReadOnlySpan<double> x, PointColumns<double> points, Span<double> values)
    {
        tile.Evaluate(x, points, 0, values);
        foreach (ref double value in values) value += Constant;
    }
}
