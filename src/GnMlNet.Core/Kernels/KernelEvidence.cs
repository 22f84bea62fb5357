using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Kernels;

/// <summary>
/// The evidence of a kernel, minus its logarithm (without n/2 ln 2 pi), and the prior's: E(theta) = 1/2 y^T C^-1 y + 1/2 ln |C| + prior, C = K + diag(sigma^2/w_i)
/// (Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, section 5.4). With a = C^-1 y and D_p = dC/dtheta_p:
/// <code>
/// dE/dtheta_p = 1/2 tr(C^-1 D_p) - 1/2 a^T D_p a
/// H_pq = 1/2 (D_p a)^T C^-1 (D_q a)
/// </code>
/// H is the mean of the observed and the expected information, without second derivatives of C (Gilmour, Thompson and Cullis 1995): positive semidefinite, Gauss-Newton on the evidence.
/// </summary>
internal sealed class KernelEvidence
{
    // Keeps C positive definite where two points nearly coincide and the noise vanishes.
    private const double Jitter = 1e-8;

    private readonly PointColumns<double> _points;
    private readonly double[] _labels;
    private readonly double[] _weights;
    private readonly KernelParameters _parameters;
    private readonly SymmetricMatrix _matrix;
    private readonly Cholesky _factor;
    private readonly double[] _solution;
    private double[] _theta = [];

    /// <param name="points">The distinct inputs, n.</param>
    /// <param name="labels">Their labels, standardized.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="parameters">What is asked about.</param>
    internal KernelEvidence(PointColumns<double> points, double[] labels, double[] weights, KernelParameters parameters)
    {
        (_points, _labels, _weights, _parameters) = (points, labels, weights, parameters);
        _matrix = new SymmetricMatrix(points.Count);
        _factor = new Cholesky(points.Count, new WorkSharing(1));
        _solution = new double[points.Count];
    }

    internal KernelParameters Parameters => _parameters;

    /// <summary>E at a point, or infinity where C is not positive definite to working precision.</summary>
    internal double Evaluate(double[] theta)
    {
        KernelMatrix.Fill(_matrix, _parameters.Kernel(theta), _points, _weights, KernelParameters.NoiseVariance(theta), Jitter);
        if (!_factor.TryFactor(_matrix, 0)) return double.PositiveInfinity;
        _theta = theta;
        _labels.CopyTo(_solution, 0);
        _factor.Solve(_solution);
        return (Vectors.Dot(_labels, _solution) / 2) + (_factor.LogDeterminant / 2) + KernelPrior.Add(_parameters, theta, [], null);
    }

    /// <summary>The gradient of E and H at the point that was evaluated last.</summary>
    internal void Differentiate(double[] gradient, SymmetricMatrix curvature)
    {
        int n = _points.Count, d = _points.Dimensions, count = _parameters.Count, sums = 2 + (2 * d);
        RadialKernel kernel = _parameters.Kernel(_theta);
        RadialTile<double> tile = kernel.Tile<double>();
        _factor.Invert();
        RowMatrix inverse = _factor.FullInverse(), products = new(count, n);
        double[] totals = new double[sums], rowProducts = new double[sums], x = new double[d], squareRates = [.. kernel.GaussianRates.Select(rate => rate * rate)];
        double noise = KernelParameters.NoiseVariance(_theta), trace = 0;
        var perGroup = new double[count];
        for (int i = 0; i < n; i++)
        {
            _points.CopyPoint(i, x);
            Array.Clear(rowProducts);
            tile.AddDerivatives(x, _points, inverse.Row(i), _solution, totals, rowProducts);
            ToParameters(rowProducts, kernel.LaplaceRates, squareRates, perGroup);
            perGroup[^1] = noise / _weights[i] * _solution[i];
            for (int p = 0; p < count; p++) products.Row(p)[i] = perGroup[p];
            trace += inverse.Row(i)[i] * noise / _weights[i];
        }

        ToParameters(totals, kernel.LaplaceRates, squareRates, perGroup);
        perGroup[^1] = trace;
        for (int p = 0; p < count; p++) gradient[p] = (perGroup[p] - Vectors.Dot(products.Row(p), _solution)) / 2;

        // (D_p a)^T C^-1 (D_q a) is a product of rows of D a L^-T.
        _factor.SolveRows(products, count);
        for (int p = 0; p < count; p++)
        {
            for (int q = 0; q <= p; q++) curvature[p, q] = Vectors.Dot(products.Row(p), products.Row(q)) / 2;
        }

        KernelPrior.Add(_parameters, _theta, gradient, (i, j, value) => curvature[i, j] += value);
    }

    /// <summary>From sums over columns to derivatives by the logarithms of the parameters, all but the noise.</summary>
    private void ToParameters(double[] columns, IReadOnlyList<double> laplaceRates, double[] squareRates, double[] parameters)
    {
        int d = _points.Dimensions, at = _parameters.LaplaceCount;
        Array.Clear(parameters);
        if (_parameters.HasLaplace)
        {
            parameters[0] = columns[0];
            _parameters.Groups.AddUp(columns.AsSpan(2, d), [.. laplaceRates.Select(rate => -rate)], parameters.AsSpan(1, _parameters.Groups.Count));
        }

        parameters[at] = columns[1];
        _parameters.Groups.AddUp(columns.AsSpan(2 + d, d), [.. squareRates.Select(rate => -rate)], parameters.AsSpan(at + 1, _parameters.Groups.Count));
    }
}
