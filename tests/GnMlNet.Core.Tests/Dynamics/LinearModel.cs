using GnMlNet.Core.Objectives;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Dynamics;

/// <summary>f(w) = A w, whose flow has a closed form.</summary>
internal sealed class LinearModel(Matrix<double> a) : DifferentiableModel
{
    private Vector<double> _parameters = Vector<double>.Build.Dense(a.ColumnCount);

    internal Matrix<double> A => a;

    public override int ParameterCount => a.ColumnCount;

    public override int OutputCount => a.RowCount;

    internal static LinearModel Random(int outputs, int parameters, int seed)
    {
        var random = new Random(seed);
        return new LinearModel(Matrix<double>.Build.Dense(outputs, parameters, (_, _) => (2 * random.NextDouble()) - 1));
    }

    public override void MoveTo(ReadOnlySpan<double> parameters) => _parameters = Vector<double>.Build.DenseOfArray(parameters.ToArray());

    public override void Value(Span<double> outputs) => (a * _parameters).AsArray().CopyTo(outputs);

    public override void Multiply(ReadOnlySpan<double> v, Span<double> product) => (a * Vector<double>.Build.DenseOfArray(v.ToArray())).AsArray().CopyTo(product);

    public override void MultiplyTransposed(ReadOnlySpan<double> u, Span<double> product) =>
        a.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(u.ToArray())).AsArray().CopyTo(product);

    /// <summary>
    /// w(t) of w' = -(1/alpha) H^-1 A^T 2 (alpha A w - y): in the eigenvectors of A^T A, with eigenvalue e and z = A^T y, each part obeys
    /// w' = -2 e/h w + 2 z/(alpha h), h = (1 - rho) e + rho.
    /// </summary>
    internal double[] Flow(double[] start, double[] targets, double scale, double damping, double time)
    {
        var decomposition = a.TransposeThisAndMultiply(a).Evd(Symmetricity.Symmetric);
        Matrix<double> vectors = decomposition.EigenVectors;
        Vector<double> from = vectors.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(start));
        Vector<double> z = vectors.TransposeThisAndMultiply(a.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(targets)));
        for (int i = 0; i < from.Count; i++)
        {
            double e = Math.Max(0, decomposition.EigenValues[i].Real), h = ((1 - damping) * e) + damping, decay = Math.Exp(-2 * e / h * time);
            double limit = e > 1e-12 ? z[i] / (scale * e) : 0;
            from[i] = e > 1e-12 ? limit + (decay * (from[i] - limit)) : from[i];
        }

        return (vectors * from).ToArray();
    }
}
