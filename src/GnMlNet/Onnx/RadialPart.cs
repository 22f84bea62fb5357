using GnMlNet.Core.Kernels;

namespace GnMlNet.Onnx;

/// <summary>One part of a radial kernel at many rows: s exp(-sum_k |r_k (x_k - z_k)|), or the square of each term in place of its magnitude.</summary>
internal sealed class RadialPart
{
    private readonly OnnxTensor _scaled;
    private readonly OnnxTensor _rates;
    private readonly OnnxTensor _logarithm;
    private readonly bool _isSquared;

    private RadialPart(OnnxTensor x, double[] rates, double variance, bool isSquared)
    {
        OnnxGraph graph = x.Graph;
        _scaled = (x * graph.Constant(rates, rates.Length)).WithAxis(2);
        _rates = graph.Constant(rates, rates.Length, 1);
        // s e^(-t) = e^(ln s - t) saves a product for each pair.
        _logarithm = graph.Constant(Math.Log(variance));
        _isSquared = isSquared;
    }

    /// <summary>The parts of a kernel; its constant is left out, and of a kernel that is constant there remains a part that vanishes.</summary>
    /// <param name="kernel">The kernel of d coordinates.</param>
    /// <param name="x">d numbers a row.</param>
    internal static RadialPart[] Of(RadialKernel kernel, OnnxTensor x)
    {
        var parts = new List<RadialPart>();
        if (kernel.LaplaceVariance > 0) parts.Add(new RadialPart(x, [.. kernel.LaplaceRates], kernel.LaplaceVariance, isSquared: false));
        // Half the square of a number is the square of the number by the root of 2.
        if (kernel.GaussianVariance > 0 || parts.Count == 0) parts.Add(new RadialPart(x, [.. kernel.GaussianRates.Select(rate => rate / Math.Sqrt(2))], kernel.GaussianVariance, isSquared: true));
        return [.. parts];
    }

    /// <summary>Its values, a row of as many numbers as there are centres for each row.</summary>
    /// <param name="centres">d x n.</param>
    internal OnnxTensor Values(OnnxTensor centres)
    {
        OnnxTensor differences = _scaled - (centres * _rates);
        return (_logarithm - (_isSquared ? differences.Squared : differences.Magnitude).SumOver(1)).Exponential;
    }
}
