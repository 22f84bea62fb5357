using System.Numerics;
using GnMlNet.Balls;
using GnMlNet.Balls.Matrices;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;

namespace GnMlNet.Ledger.Models;

/// <summary>What is certified of a trained network on rows: of E = (1/n) sum_j r_j^2 at its weights, without penalty.</summary>
/// <param name="Loss">Contains E.</param>
/// <param name="GradientNorm">Contains |grad E| over all weights of the network.</param>
/// <param name="Parameters">Their number p.</param>
/// <param name="SmallestEigenvalue">A positive number that the smallest eigenvalue of the Gauss-Newton matrix (2/n) J^T J is proved not to fall below, or null where none was found.</param>
/// <param name="StepLength">Contains the length of the undamped Gauss-Newton step from these weights, where the matrix is proved to be positive definite.</param>
/// <param name="WeightNorm">Contains the norm of the weights.</param>
/// <param name="Threshold">
/// For a network of the paper: contains the least scaling factor with which a theorem covers the flow that starts at these weights, 1R for p at least n, 5R with r = 1/2 for
/// fewer; null for other networks, or where Assumption 1 or 2 is not proved.
/// </param>
public sealed record ModelAudit(Ball Loss, Ball GradientNorm, int Parameters, Dyadic? SmallestEigenvalue, Ball? StepLength, Ball WeightNorm, Ball? Threshold)
{
    private const int Bits = 256;

    /// <summary>Certifies a network on rows.</summary>
    public static ModelAudit Of(TrainedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        int n = model.Inputs.Count;
        Real share = (Real)2 / n;
        (RealMatrix transposed, Real[] residuals) = Linearize(model, Bits);
        Real[] gradient = [.. transposed.Times(residuals).Select(value => share * value)];
        // (2/n) J^T J s = (2/n) J^T r: the factor falls out.
        BallMatrix jacobian = ToBall(n, transposed.Rows, (j, a) => transposed[a, j]), right = ToBall(n, 1, (j, _) => residuals[j]);
        CertifiedSolution? step = transposed.Rows > n ? null : CertifiedSolution.Of(BallMatrix.Gram(jacobian), BallMatrix.TransposeMultiply(jacobian, right));
        bool isDefinite = step?.Spectrum.IsPositiveDefinite == Verdict.Proved;
        return new ModelAudit(
            (Vectors.SquaredNorm(residuals) / n).Ball,
            Vectors.Norm(gradient).Ball,
            transposed.Rows,
            isDefinite ? (share * Real.Exact(step!.Spectrum.Lower, Bits)).Ball.Lower : null,
            isDefinite && step!.Solution is { } solution ? LengthOf(solution, step.Distances[0]) : null,
            Vectors.Norm([.. model.HiddenWeights.SelectMany(unit => unit).Concat(model.HiddenBiases).Concat(model.IsOfThePaper ? [] : model.OutputWeights).Append(model.OutputBias ?? Dyadic.Zero).Select(weight => Real.Exact(weight, Bits))]).Ball,
            model.IsOfThePaper ? ThresholdOf(model, Bits) : null);
    }

    // On a scale of 2^-Bits; what rounding loses is added to the radius of the column.
    private static BallMatrix ToBall(int rows, int columns, Func<int, int, Real> entry)
    {
        var midpoint = new BigInteger[rows * columns];
        var radii = new Magnitude[columns];
        for (int j = 0; j < rows; j++)
        {
            for (int a = 0; a < columns; a++)
            {
                Ball ball = entry(j, a).Ball;
                Dyadic rounded = ball.Midpoint.RoundTo(-Bits);
                midpoint[(j * columns) + a] = rounded.Mantissa << checked((int)(rounded.IsZero ? 0 : rounded.Exponent + Bits));
                radii[a] = Magnitude.Max(radii[a], ball.Radius + Magnitude.PowerOfTwo(-Bits - 1));
            }
        }

        return new BallMatrix(IntegerMatrix.FromEntries(rows, columns, midpoint), -Bits, radii, RadiusSide.Columns);
    }

    private static Ball LengthOf(BallMatrix column, Magnitude distance)
    {
        Real[] entries = [.. Enumerable.Range(0, column.Rows).Select(i => Real.Exact(column.MidpointAt(i, 0), Bits))];
        return Vectors.Norm(entries).Widen(Real.Exact(distance.ToDyadic(), Bits)).Ball;
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
