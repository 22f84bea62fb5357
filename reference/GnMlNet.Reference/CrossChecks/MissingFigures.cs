using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>Whether figures that the last point of a flow lacks could not be there.</summary>
internal static class MissingFigures
{
    // Squares of residuals overflow near 2^1024, and their weights may be small.
    private const int FiniteBits = 900;

    /// <summary>Of a loss, which is left out where it was not finite.</summary>
    internal static Found Loss(EnclosedPoint point) => new Ball(point.Loss, point.LossError).Lower > Dyadic.One << FiniteBits
        ? Found.Holds
        : Found.Broken($"the loss is missing, and it is finite");

    /// <summary>Of a direction, which is left out where the matrix is rank-deficient to working precision: a pivot is at least the smallest eigenvalue less rounding.</summary>
    internal static Found Direction(StepEquations equations, StepPromise promise, RecordedIterate iterate, int bits)
    {
        EnclosedPoint point = equations.Evaluate(iterate.Parameters, bits);
        EnclosedSystem system = equations.Equations(point, iterate);
        double unit = 1.0 / (1L << 52), matrix = system.FrobeniusNorm.ToDouble(), size = Math.Max(equations.ParameterCount, point.Residuals.Length);
        double rounding = promise.Analyze(point).Gram(equations.MatrixWeights(iterate)) + (10 * size * unit * matrix);
        return system.SmallestEigenvalue() is { } smallest && smallest > Dyadic.FromDouble(2 * rounding)
            ? Found.Broken($"the direction is missing, and the matrix has full rank")
            : Found.Open("the run says that the matrix is rank-deficient to working precision");
    }
}
