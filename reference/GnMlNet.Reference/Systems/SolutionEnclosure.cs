using System.Numerics;
using GnMlNet.Balls;
using GnMlNet.Reference.Numbers;
using GnMlNet.Reference.Spectra;

namespace GnMlNet.Reference.Systems;

/// <summary>The solution of an enclosed system: an exact approximation and a bound on its distance from the true solution of every system within the bounds.</summary>
/// <remarks>
/// Approximate, then certify. Let e = b - S s' be the residual of the exact vector s'. For the true S and b, |s - s'| = |S^-1 (b - S s')| &lt;=
/// (|Right - Matrix s'| + |delta| + |Delta| |s'|) / lambda_min(S), and by Weyl lambda_min(S) &gt;= lambda_min(Matrix) - |Delta|.
/// How s' was found does not matter: steps of iterative refinement, with residuals that are exact.
/// </remarks>
/// <param name="Approximation">s', p exact numbers.</param>
/// <param name="Distance">A bound on |s - s'| in the Euclidean norm; infinite where nothing is proved.</param>
/// <param name="SmallestEigenvalue">A proven lower bound of lambda_min(S), or null where none is.</param>
internal sealed record SolutionEnclosure(Dyadic[] Approximation, Magnitude Distance, Dyadic? SmallestEigenvalue)
{
    private const int MostRefinements = 8;

    // Enough to compare with a double: beyond 2^-90 of the solution more digits change no figure that is reported.
    private const int EnoughBits = 90;

    /// <param name="system">The system.</param>
    /// <param name="atLeast">A lower bound of the smallest eigenvalue that is known otherwise, or null.</param>
    internal static SolutionEnclosure Of(EnclosedSystem system, Dyadic? atLeast)
    {
        Dyadic? smallest = SmallestOf(system, atLeast);
        DoubleCholesky? solver = DoubleCholesky.TryFactor(system.Matrix);
        if (smallest is null || solver is null) return new SolutionEnclosure(new Dyadic[system.Size], Magnitude.Infinity, smallest);

        var approximation = new Dyadic[system.Size];
        Magnitude best = Magnitude.Infinity;
        Dyadic[] bestVector = approximation;
        for (int refinement = 0; refinement <= MostRefinements; refinement++)
        {
            Dyadic[] residual = Residual(system, approximation);
            Magnitude size = Norms.Euclidean(approximation), distance = DistanceBound(system, residual, size, smallest.Value);
            if (distance < best) (best, bestVector) = (distance, approximation);
            else if (refinement > 1) break;
            if (best << EnoughBits < size) break;

            approximation = Correct(approximation, residual, solver);
        }

        return new SolutionEnclosure(bestVector, best, smallest);
    }

    private static Dyadic? SmallestOf(EnclosedSystem system, Dyadic? atLeast)
    {
        Dyadic? bound = DoubleCholesky.LowerBound(system.Matrix) is { } lower ? lower - system.MatrixError.ToDyadic() : null;
        if (bound is { Sign: <= 0 }) bound = null;
        return bound is null || (atLeast is not null && atLeast > bound) ? atLeast : bound;
    }

    private static Magnitude DistanceBound(EnclosedSystem system, Dyadic[] residual, Magnitude size, Dyadic smallest) =>
        (Norms.Euclidean(residual) + system.RightError + (system.MatrixError * size)) / smallest.LowerMagnitude();

    private static Dyadic[] Residual(EnclosedSystem system, Dyadic[] vector)
    {
        ScaledIntegers s = ScaledIntegers.Of(vector), matrix = system.Matrix;
        var residual = new Dyadic[vector.Length];
        for (int i = 0; i < residual.Length; i++)
        {
            BigInteger sum = BigInteger.Zero;
            for (int k = 0; k < residual.Length; k++) sum += matrix[i, k] * s.Values[k];
            residual[i] = system.Right[i] - new Dyadic(sum, matrix.Exponent + s.Exponent);
        }

        return residual;
    }

    private static Dyadic[] Correct(Dyadic[] vector, Dyadic[] residual, DoubleCholesky solver)
    {
        // Scaled to about 1, so that tiny residuals of late refinements stay within the range of doubles.
        long scale = residual.Where(entry => !entry.IsZero).Select(entry => entry.TopExponent).DefaultIfEmpty(0).Max();
        double[] correction = solver.Solve([.. residual.Select(entry => (entry << -scale).ToDouble())]);
        return [.. vector.Zip(correction, (entry, change) => double.IsFinite(change) ? entry + (Dyadic.FromDouble(change) << scale) : entry)];
    }
}
