using GnMlNet.Balls;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;

namespace GnMlNet.Ledger.Models;

/// <summary>What is certified of a trained network on rows: of E = (1/n) sum_j r_j^2 at its weights, without penalty.</summary>
/// <param name="Loss">Contains E.</param>
/// <param name="GradientNorm">Contains |grad E| over all weights of the network.</param>
/// <param name="Parameters">Their number p.</param>
/// <param name="SmallestEigenvalue">A power of two that the smallest eigenvalue of the Gauss-Newton matrix (2/n) J^T J is proved to exceed, or null where none was found.</param>
/// <param name="StepLength">Contains the length of the undamped Gauss-Newton step from these weights, where the matrix is proved to be positive definite.</param>
/// <param name="WeightNorm">Contains the norm of the weights.</param>
/// <param name="Threshold">
/// For a network of the paper: contains the least scaling factor with which a theorem covers the flow that starts at these weights, 1R for p at least n, 5R with r = 1/2 for
/// fewer; null for other networks, or where Assumption 1 or 2 is not proved.
/// </param>
public sealed record ModelAudit(Ball Loss, Ball GradientNorm, int Parameters, Dyadic? SmallestEigenvalue, Ball? StepLength, Ball WeightNorm, Ball? Threshold)
{
    // Elimination in balls loses some bits at every pivot: more are tried where the first do not suffice.
    private const int FirstBits = 256;
    private const int MostBits = 1024;

    // Eigenvalues are looked for down to this share of the trace.
    private const int LeastOrders = 160;

    /// <summary>Certifies a network on rows.</summary>
    public static ModelAudit Of(TrainedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelAudit audit = At(model, FirstBits);
        for (int bits = 2 * FirstBits; audit.SmallestEigenvalue is null && audit.Parameters <= model.Inputs.Count && bits <= MostBits; bits *= 2) audit = At(model, bits);
        return audit;
    }

    private static ModelAudit At(TrainedModel model, int bits)
    {
        int n = model.Inputs.Count;
        Real Number(Dyadic value) => Real.Exact(value, bits);
        Real share = Number(new Dyadic(2, 0)) / n;
        (RealMatrix transposed, Real[] residuals) = Linearize(model, bits);
        RealMatrix matrix = share * transposed.RowGram();
        Real[] gradient = [.. transposed.Times(residuals).Select(value => share * value)];
        Dyadic? smallest = transposed.Rows > n ? null : PositiveDefiniteAbove(matrix);
        return new ModelAudit(
            (Vectors.SquaredNorm(residuals) / n).Ball,
            Vectors.Norm(gradient).Ball,
            transposed.Rows,
            smallest,
            smallest is not null && SymmetricFactor.TryFactor(matrix, 0) is { } factor ? Vectors.Norm(factor.Solve(gradient)).Ball : null,
            Vectors.Norm([.. model.HiddenWeights.SelectMany(unit => unit).Concat(model.HiddenBiases).Concat(model.IsOfThePaper ? [] : model.OutputWeights).Append(model.OutputBias ?? Dyadic.Zero).Select(Number)]).Ball,
            model.IsOfThePaper ? ThresholdOf(model, bits) : null);
    }

    // J^T, p x n, and r = f - y.
    private static (RealMatrix Transposed, Real[] Residuals) Linearize(TrainedModel model, int bits)
    {
        Real Number(Dyadic value) => Real.Exact(value, bits);
        Activation activation = model.IsLogistic ? Activation.Logistic : Activation.Tanh;
        int n = model.Inputs.Count, m = model.HiddenWeights.Count, d = model.Inputs[0].Length, wide = d + (model.HiddenBiases.Count > 0 ? 1 : 0);
        int outputs = model.IsOfThePaper ? 0 : m + (model.OutputBias is null ? 0 : 1);
        var transposed = new RealMatrix((m * wide) + outputs, n);
        var residuals = new Real[n];
        for (int j = 0; j < n; j++)
        {
            residuals[j] = Number(model.OutputBias ?? Dyadic.Zero) - Number(model.Targets[j]);
            for (int i = 0; i < m; i++)
            {
                Real z = Number(wide > d ? model.HiddenBiases[i] : Dyadic.Zero), v = Number(model.OutputWeights[i]);
                for (int k = 0; k < d; k++) z += Number(model.Inputs[j][k]) * Number(model.HiddenWeights[i][k]);
                Real value = activation.Value(z), slope = v * activation.Slope(z);
                residuals[j] += v * value;
                for (int k = 0; k < wide; k++) transposed[(i * wide) + k, j] = k < d ? slope * Number(model.Inputs[j][k]) : slope;
                if (outputs > 0) transposed[(m * wide) + i, j] = value;
            }

            if (outputs > m) transposed[(m * wide) + m, j] = 1;
        }

        return (transposed, residuals);
    }

    // The greatest power of two found by halving the range of exponents with which matrix - 2^e I is proved positive definite.
    private static Dyadic? PositiveDefiniteAbove(RealMatrix matrix)
    {
        Real trace = 0;
        for (int i = 0; i < matrix.Rows; i++) trace += matrix[i, i];
        if (!trace.IsPositive) return null;
        long high = trace.Ball.Upper.TopExponent, low = high - LeastOrders;
        if (!IsAbove(low)) return null;
        while (high - low > 1)
        {
            long middle = (low + high) / 2;
            if (IsAbove(middle)) low = middle;
            else high = middle;
        }

        return Dyadic.One << low;

        bool IsAbove(long exponent) => SymmetricFactor.TryFactor(matrix, -Real.Exact(Dyadic.One << exponent, trace.Bits)) is { IsPositiveDefinite: true };
    }

    private static Ball? ThresholdOf(TrainedModel model, int bits)
    {
        Real Number(Dyadic value) => Real.Exact(value, bits);
        RealMatrix inputs = RealMatrix.Of(model.Inputs.Count, model.Inputs[0].Length, (j, k) => Number(model.Inputs[j][k]));
        var network = new Network(model.IsLogistic ? Activation.Logistic : Activation.Tanh, inputs, [.. model.OutputWeights.Select(weight => weight.Sign)]);
        var problem = new Problem(network, [.. model.HiddenWeights.SelectMany(unit => unit).Select(Number)], new QuadraticLoss([.. model.Targets.Select(Number)]), bits);
        var constants = new Constants(problem);
        if (!constants.Lambda0.IsPositive) return null;
        return problem.IsOverparameterized ? constants.Unit.Shift(-1).Ball : Underparameterized.LeastAlpha(constants, ((Real)1).Shift(-1)).Ball;
    }
}
