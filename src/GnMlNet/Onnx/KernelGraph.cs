using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;

namespace GnMlNet.Onnx;

/// <summary>Functions of a radial kernel in the graph, in pieces of some centres: the differences of many rows to all of them would fill the memory.</summary>
/// <param name="graph">The graph.</param>
internal sealed class KernelGraph(OnnxGraph graph)
{
    // Differences of a row to the centres of a piece, over all coordinates.
    private const int NumbersAtOnce = 2048;

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
        OnnxTensor? sum = null;
        int first = 0, atOnce = CentresAtOnce(expansion.Kernel.InputSize);
        foreach (OnnxTensor centres in Pieces(expansion.CentreTable, expansion.Kernel.InputSize))
        {
            double[] coefficients = expansion.Coefficients.Slice(first, Math.Min(atOnce, expansion.CentreCount - first)).ToArray();
            OnnxTensor some = Values(expansion.Kernel, x, centres).Times(graph.Constant(coefficients, coefficients.Length, 1));
            sum = sum is { } before ? before + some : some;
            first += atOnce;
        }

        double constant = 0;
        foreach (double coefficient in expansion.Coefficients) constant += coefficient;
        return sum!.Value + (expansion.Kernel.Constant * constant);
    }

    /// <summary>k(x, x) - |T k(Z, x)|^2, a column.</summary>
    private OnnxTensor Variance(PosteriorVariance posterior, OnnxTensor x)
    {
        OnnxTensor values = graph.Concatenated([.. Pieces(posterior.CentreTable, posterior.Kernel.InputSize).Select(centres => Values(posterior.Kernel, x, centres))]) + posterior.Kernel.Constant;
        return (posterior.Kernel.Diagonal - TriangleGraph.SquaredNorm(values, posterior.Triangle)).Within(0, double.PositiveInfinity);
    }

    /// <summary>The kernel without its constant between rows and the centres of a piece, a column each.</summary>
    private OnnxTensor Values(RadialKernel kernel, OnnxTensor x, OnnxTensor centres)
    {
        OnnxTensor? laplace = kernel.LaplaceVariance > 0 ? (-Differences(x, centres, kernel.LaplaceRates).Magnitude.SumOver(1)).Exponential * kernel.LaplaceVariance : null;
        // Half the square of a number is the square of the number by the root of 2.
        OnnxTensor? gaussian = kernel.GaussianVariance > 0 ? (-Differences(x, centres, [.. kernel.GaussianRates.Select(rate => rate / Math.Sqrt(2))]).Squared.SumOver(1)).Exponential * kernel.GaussianVariance : null;
        return (laplace, gaussian) switch
        {
            ({ } one, { } other) => one + other,
            ({ } one, null) => one,
            (null, { } other) => other,
            _ => x.Times(centres) * 0,
        };
    }

    /// <summary>The differences of all coordinates times their rates: rows, coordinates, centres.</summary>
    private OnnxTensor Differences(OnnxTensor x, OnnxTensor centres, IReadOnlyList<double> rates)
    {
        OnnxTensor scaled = x * graph.Constant([.. rates], rates.Count), scaledCentres = centres * graph.Constant([.. rates], rates.Count, 1);
        return scaled.WithAxis(2) - scaledCentres;
    }

    /// <summary>The pieces of a table of points, d x n each; the same for functions that share the table.</summary>
    private OnnxTensor[] Pieces(double[] table, int d)
    {
        if (_pieces.TryGetValue(table, out OnnxTensor[]? known)) return known;
        int points = table.Length / d, atOnce = CentresAtOnce(d);
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

    private static int CentresAtOnce(int d) => Math.Max(1, NumbersAtOnce / d);
}
