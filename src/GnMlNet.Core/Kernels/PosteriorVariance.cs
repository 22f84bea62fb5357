using System.Buffers;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Kernels;

/// <summary>
/// How uncertain a function of the kernel is at a point after the rows were seen: k(x, x) - |T k(Z, x)|^2, with a lower triangle T over m centres Z. Near 0 where rows lie close,
/// near k(x, x) far from all of them. Immutable.
/// </summary>
public sealed class PosteriorVariance
{
    private readonly RadialTile<double> _tile;
    private readonly PackedTriangle<double> _triangle;

    /// <summary>Makes it from its numbers.</summary>
    /// <param name="kernel">k, of d coordinates.</param>
    /// <param name="centreTable">Z, m d finite numbers, point by point; copied.</param>
    /// <param name="triangle">T, m (m + 1)/2 finite numbers, row by row; copied.</param>
    /// <exception cref="ArgumentException">There is no centre, or there are more or fewer numbers than the centres ask for.</exception>
    public PosteriorVariance(RadialKernel kernel, double[] centreTable, IReadOnlyList<double> triangle)
        : this(Checked(kernel, centreTable, triangle), PointColumns<double>.OfTable(centreTable, kernel.InputSize), [.. triangle])
    {
    }

    /// <param name="kernel">k.</param>
    /// <param name="centres">Z, m points.</param>
    /// <param name="triangle">T, m (m + 1)/2 numbers, row by row.</param>
    internal PosteriorVariance(RadialKernel kernel, PointColumns<double> centres, double[] triangle) =>
        (Kernel, Centres, _triangle, _tile) = (kernel, centres, new PackedTriangle<double>(centres.Count, triangle), kernel.Tile<double>());

    /// <summary>k.</summary>
    public RadialKernel Kernel { get; }

    /// <summary>m, the number of centres.</summary>
    public int CentreCount => Centres.Count;

    /// <summary>T, row by row.</summary>
    public ReadOnlySpan<double> Triangle => _triangle.Rows;

    /// <summary>Z, point by point: rows of the training with their features mapped.</summary>
    public double[] CentreTable => Centres.Table;

    private PointColumns<double> Centres { get; }

    /// <summary>The variances at some points. What a point gets does not depend on the points beside it.</summary>
    /// <param name="points">The points, one after the other, d numbers each.</param>
    /// <param name="variances">One number for each.</param>
    internal void Evaluate(ReadOnlySpan<double> points, Span<double> variances)
    {
        int size = Centres.Count, width = Kernel.InputSize, most = Math.Min(variances.Length, PackedTriangle<double>.VectorsAtOnce);
        double[] values = ArrayPool<double>.Shared.Rent(most * size), within = ArrayPool<double>.Shared.Rent(width);
        for (int first = 0; first < variances.Length; first += most)
        {
            Span<double> some = variances.Slice(first, Math.Min(most, variances.Length - first));
            for (int j = 0; j < some.Length; j++)
            {
                RadialKernel.CopyWithinReach(points.Slice((first + j) * width, width), within);
                Kernel.Evaluate(_tile, within.AsSpan(0, width), Centres, values.AsSpan(j * size, size));
            }

            _triangle.SquaredNorms(values.AsSpan(0, some.Length * size), some);
            foreach (ref double explained in some) explained = Math.Max(0, Kernel.Diagonal - explained);
        }

        ArrayPool<double>.Shared.Return(within);
        ArrayPool<double>.Shared.Return(values);
    }

    /// <summary>
    /// The variances of weighted sums of the function's values at some points: sum_ij c_i c_j k(x_i, x_j) - |T sum_i c_i k(Z, x_i)|^2.
    /// </summary>
    /// <param name="points">N points, one after the other, d numbers each.</param>
    /// <param name="weights">c, N numbers for each sum.</param>
    /// <param name="work">The threads.</param>
    internal double[] OfSums(double[] points, IReadOnlyList<double[]> weights, WorkSharing work)
    {
        int width = Kernel.InputSize;
        var within = new double[points.Length];
        RadialKernel.CopyWithinReach(points, within);
        var variances = new double[weights.Count];
        work.For(weights.Count, g =>
        {
            int[] support = [.. Enumerable.Range(0, weights[g].Length).Where(j => weights[g][j] != 0)];
            double[] toCentres = new double[Centres.Count], ofCentres = new double[Centres.Count], toOthers = new double[support.Length], explained = new double[1];
            PointColumns<double> others = PointColumns<double>.OfTable([.. support.SelectMany(j => within.AsSpan(j * width, width).ToArray())], width);
            double prior = 0;
            foreach (int i in support)
            {
                ReadOnlySpan<double> x = within.AsSpan(i * width, width);
                Kernel.Evaluate(_tile, x, Centres, ofCentres);
                Vectors.AddScaled(ofCentres, weights[g][i], toCentres);
                Kernel.Evaluate(_tile, x, others, toOthers);
                for (int j = 0; j < support.Length; j++) prior += weights[g][i] * weights[g][support[j]] * toOthers[j];
            }

            _triangle.SquaredNorms(toCentres, explained);
            variances[g] = Math.Max(0, prior - explained[0]);
        });
        return variances;
    }

    private static RadialKernel Checked(RadialKernel kernel, double[] centreTable, IReadOnlyList<double> triangle)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(centreTable);
        ArgumentNullException.ThrowIfNull(triangle);
        long count = centreTable.Length / kernel.InputSize;
        if (count == 0 || centreTable.Length != count * kernel.InputSize || triangle.Count != PackedTriangle<double>.Length(count))
            throw new ArgumentException($"A triangle of {triangle.Count} numbers does not fit points of {kernel.InputSize} coordinates with {centreTable.Length} numbers.", nameof(triangle));
        return kernel;
    }
}
