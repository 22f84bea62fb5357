using GnMlNet.Balls;
using GnMlNet.Reference.Numbers;

namespace GnMlNet.Reference.Systems;

/// <summary>The solution of an enclosed system: an exact approximation and a bound on its distance from the true solution of every system within the bounds.</summary>
/// <remarks>
/// Approximate, then certify. Let e = b - S s' be the residual of the exact vector s'. For the true S and b, |s - s'| = |S^-1 (b - S s')| &lt;=
/// (|Right - Matrix s'| + |delta| + |Delta| |s'|) / lambda_min(S).
/// How s' was found does not matter: steps of iterative refinement, with residuals that are exact.
/// </remarks>
/// <param name="Approximation">s', p exact numbers.</param>
/// <param name="Distance">A bound on |s - s'| in the Euclidean norm; infinite where nothing is proved.</param>
/// <param name="SmallestEigenvalue">A proven lower bound of lambda_min(S), or null where none is.</param>
internal sealed record SolutionEnclosure(Dyadic[] Approximation, Magnitude Distance, Dyadic? SmallestEigenvalue)
{
    /// <summary>Enough to compare with a double: beyond 2^-90 of the solution more digits change no figure that is reported.</summary>
    internal const int EnoughForDoubles = 90;

    // The least that a refinement is worth going on for.
    private const int BitsPerRefinement = 8;

    /// <param name="system">The system.</param>
    /// <param name="enoughBits">Refinement ends when the distance is below 2^-enoughBits of the solution.</param>
    internal static SolutionEnclosure Of(EnclosedSystem system, int enoughBits = EnoughForDoubles)
    {
        Dyadic? smallest = system.SmallestEigenvalue();
        var approximation = new Dyadic[system.Size];
        if (smallest is null) return new SolutionEnclosure(approximation, Magnitude.Infinity, null);

        Magnitude best = Magnitude.Infinity;
        Dyadic[] bestVector = approximation;
        for (int refinement = 0; refinement <= enoughBits / BitsPerRefinement; refinement++)
        {
            Dyadic[] residual = Residual(system, approximation);
            Magnitude size = Norms.Euclidean(approximation), distance = DistanceBound(system, residual, size, smallest.Value);
            if (distance < best) (best, bestVector) = (distance, approximation);
            else if (refinement > 1) break;
            if (best << enoughBits < size || Correct(system, approximation, residual) is not { } corrected) break;
            approximation = corrected;
        }

        return new SolutionEnclosure(bestVector, best, smallest);
    }

    /// <summary>The same solution with an approximation of so many bits behind the leading one of its largest entry.</summary>
    internal SolutionEnclosure RoundTo(int bits)
    {
        Magnitude size = Norms.Euclidean(Approximation);
        if (size.IsZero || !Distance.IsFinite) return this;
        long exponent = size.Exponent - bits;
        Magnitude rounding = Magnitude.PowerOfTwo(exponent - 1) * Magnitude.Of((double)Approximation.Length).SquareRoot();
        return this with { Approximation = [.. Approximation.Select(entry => entry.RoundTo(exponent))], Distance = Distance + rounding };
    }

    /// <summary>A bound on how far a recorded step is from the true solution.</summary>
    internal Magnitude DistanceOf(double[] recorded) => Norms.Distance(recorded, Approximation) + Distance;

    /// <summary>b - S s', exactly for the matrix and right side that are held.</summary>
    internal static Dyadic[] Residual(EnclosedSystem system, Dyadic[] vector) => [.. system.Multiply(vector).Zip(system.Right, (product, right) => right - product)];

    /// <summary>The bound of the remarks.</summary>
    internal static Magnitude DistanceBound(EnclosedSystem system, Dyadic[] residual, Magnitude size, Dyadic smallest) =>
        (Norms.Euclidean(residual) + system.RightError + (system.MatrixError * size)) / smallest.LowerMagnitude();

    private static Dyadic[]? Correct(EnclosedSystem system, Dyadic[] vector, Dyadic[] residual)
    {
        // Scaled to about 1, so that tiny residuals of late refinements stay within the range of doubles.
        long scale = residual.Where(entry => !entry.IsZero).Select(entry => entry.TopExponent).DefaultIfEmpty(0).Max();
        double[]? correction = system.ApproximateSolve([.. residual.Select(entry => (entry << -scale).ToDouble())]);
        return correction is null ? null : [.. vector.Zip(correction, (entry, change) => double.IsFinite(change) ? entry + (Dyadic.FromDouble(change) << scale) : entry)];
    }
}
