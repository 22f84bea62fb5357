using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Kernels;

/// <summary>Fills matrices with the values of a kernel.</summary>
internal static class KernelMatrix
{
    /// <summary>C = K(X, X) + diag(noise/w_i) + jitter I.</summary>
    /// <param name="matrix">Where it goes.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="points">X.</param>
    /// <param name="weights">w, or nothing where all are 1.</param>
    /// <param name="noise">The variance of the noise of a row of weight 1.</param>
    /// <param name="jitter">What is added to the diagonal beyond that.</param>
    /// <param name="work">The threads, or null for the caller's alone.</param>
    internal static void Fill(SymmetricMatrix matrix, RadialKernel kernel, PointColumns<double> points, ReadOnlySpan<double> weights, double noise, double jitter, WorkSharing? work = null)
    {
        RadialTile<double> tile = kernel.Tile<double>();
        void FillRow(int i)
        {
            Span<double> x = stackalloc double[0];
            x = points.Dimensions <= 64 ? stackalloc double[points.Dimensions] : new double[points.Dimensions];
            points.CopyPoint(i, x);
            kernel.Evaluate(tile, x, points, matrix.Row(i));
        }

        if (work is null)
        {
            for (int i = 0; i < points.Count; i++) FillRow(i);
        }
        else
        {
            // The last rows are the longest.
            work.For(points.Count, i => FillRow(points.Count - 1 - i));
        }

        for (int i = 0; i < points.Count; i++) matrix[i, i] += (weights.IsEmpty ? noise : noise / weights[i]) + jitter;
    }
}
