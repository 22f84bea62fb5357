namespace GnMlNet.Reference.Blocks;

/// <summary>
/// What error analysis promises of a block whose coefficients a Cholesky factorization in double found, as bounds to first order in u = 2^-53 in any order of summation (Higham, Accuracy and
/// Stability of Numerical Algorithms, 2002, theorem 10.4), given that an exponential errs by at most one unit in the last place. Infinity where nothing is promised.
/// </summary>
/// <remarks>docs/crosscheck.md, "What the fast path promises of a block", has the derivation.</remarks>
/// <param name="BackwardError">Of |y - C ã|/(|C| |ã|).</param>
/// <param name="CoefficientError">Of |ã - a|/|a|.</param>
/// <param name="PredictionError">Of a prediction at any row, in units of the label.</param>
public sealed record BlockPromise(double BackwardError, double CoefficientError, double PredictionError)
{
    /// <summary>Evaluates the bounds.</summary>
    /// <param name="block">The block.</param>
    /// <param name="smallest">A lower bound on the smallest eigenvalue of C, or 0.</param>
    /// <param name="largest">A lower bound on the largest one.</param>
    /// <param name="condition">An upper bound on their quotient.</param>
    internal static BlockPromise Of(RecordedBlock block, double smallest, double largest, double condition)
    {
        double n = block.RowCount, diagonal = block.Diagonal, exponentials = block.ExponentialErrors;
        double[] noise = [.. block.RowWeights.Select(weight => (block.NoiseVariance / weight) + block.Jitter)];
        double matrix = RecordedKernel.DoubleUnit * ((((3 * n) + 2) * ((n * diagonal) + noise.Sum())) + (n * (exponentials + (2 * diagonal))) + (5 * (diagonal + noise.Max())));
        double backward = largest > 0 ? matrix / largest : double.PositiveInfinity, share = condition * backward;
        double length = Math.Sqrt(block.Coefficients.Sum(a => a * a)), sum = block.Coefficients.Sum(Math.Abs);
        double evaluation = RecordedKernel.DoubleUnit * sum * (exponentials + ((n + 3) * diagonal));
        return new BlockPromise(
            backward,
            share < 1 ? share / (1 - share) : double.PositiveInfinity,
            smallest > 0 ? evaluation + (Math.Sqrt(diagonal / smallest) * matrix * length) : double.PositiveInfinity);
    }
}
