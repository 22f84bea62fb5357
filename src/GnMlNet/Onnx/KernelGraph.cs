using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;

namespace GnMlNet.Onnx;

/// <summary>Functions of a radial kernel in the graph, in pieces of some centres: the differences of many rows to all of them would fill the memory.</summary>
/// <param name="graph">The graph.</param>
internal sealed class KernelGraph(OnnxGraph graph)
{
    // Differences of a row to the centres of a piece, over all coordinates: some KiB.
    private const int NumbersAtOnce = 2048;

    // ONNX Runtime takes a graph in within a second at some hundred operators, and within minutes at ten thousand.
    private const int MostPieces = 16;

    private readonly Dictionary<double[], OnnxTensor[]> _pieces = new(ReferenceEqualityComparer.Instance);

    /// <summary>The value of a member, and its variance where the member keeps it.</summary>
    /// <param name="member">The member of d inputs.</param>
    /// <param name="inputs">d numbers a row.</param>
    internal MemberTensors Evaluate(KernelMember member, OnnxTensor inputs)
    {
        OnnxTensor within = inputs.Within(-RadialKernel.Reach, RadialKernel.Reach);
        return new MemberTensors(Value(member.Expansion, within), member.Posterior is null ? null : Variance(member.Posterior, within));
    }

    /// <summary>sum_j a_j k(x, z_j), a column.</summary>
    private OnnxTensor Value(KernelExpansion expansion, OnnxTensor x)
    {
        RadialPart[] parts = RadialPart.Of(expansion.Kernel, x);
        OnnxTensor sum = graph.Constant(expansion.Kernel.Constant * expansion.Coefficients.ToArray().Sum());
        int first = 0, atOnce = CentresAtOnce(expansion.CentreCount, expansion.Kernel.InputSize);
        foreach (OnnxTensor centres in Pieces(expansion.CentreTable, expansion.Kernel.InputSize))
        {
            double[] coefficients = expansion.Coefficients.Slice(first, Math.Min(atOnce, expansion.CentreCount - first)).ToArray();
            OnnxTensor column = graph.Constant(coefficients, coefficients.Length, 1);
            foreach (RadialPart part in parts) sum += part.Values(centres).Times(column);
            first += atOnce;
        }

        return sum;
    }

    /// <summary>k(x, x) - |T k(Z, x)|^2, a column.</summary>
    private OnnxTensor Variance(PosteriorVariance posterior, OnnxTensor x)
    {
        RadialPart[] parts = RadialPart.Of(posterior.Kernel, x);
        OnnxTensor Values(OnnxTensor centres) => parts.Select(part => part.Values(centres)).Aggregate((one, other) => one + other);
        OnnxTensor values = graph.Concatenated([.. Pieces(posterior.CentreTable, posterior.Kernel.InputSize).Select(Values)]) + posterior.Kernel.Constant;
        return (posterior.Kernel.Diagonal - TriangleGraph.SquaredNorm(values, posterior.Triangle)).Within(0, double.PositiveInfinity);
    }

    /// <summary>The pieces of a table of points, d x n each; the same for functions that share the table.</summary>
    private OnnxTensor[] Pieces(double[] table, int d)
    {
        if (_pieces.TryGetValue(table, out OnnxTensor[]? known)) return known;
        int points = table.Length / d, atOnce = CentresAtOnce(points, d);
        var pieces = new List<OnnxTensor>();
        for (int first = 0; first < points; first += atOnce)
        {
            int count = Math.Min(atOnce, points - first);
            var columns = new double[d * count];
            for (int j = 0; j < count; j++)
            {
                for (int k = 0; k < d; k++) columns[(k * count) + j] = table[((first + j) * d) + k];
            }

            pieces.Add(graph.Constant(columns, d, count));
        }

        return _pieces[table] = [.. pieces];
    }

    private static int CentresAtOnce(int points, int d) => Math.Max(Math.Max(1, NumbersAtOnce / d), (points + MostPieces - 1) / MostPieces);
}
