namespace GnMlNet.Balls.Matrices;

/// <summary>The solution of an enclosed system: an exact approximation and a bound on its distance from the true solution of every system within the bounds.</summary>
/// <remarks>docs/exact-matrices.md, "Solutions". How s' was found does not matter: steps of iterative refinement, with residuals that are exact.</remarks>
/// <param name="Approximation">s', p exact numbers.</param>
/// <param name="Distance">A bound on |s - s'| in the Euclidean norm; infinite where nothing is proved.</param>
/// <param name="SmallestEigenvalue">A proven lower bound of lambda_min(S), or null where none is.</param>
internal sealed record SolutionEnclosure(Dyadic[] Approximation, Magnitude Distance, Dyadic? SmallestEigenvalue)
{
    /// <summary>Enough to compare with a double: beyond 2^-90 of the solution more digits change no figure that is reported.</summary>
    public const int EnoughForDoubles = 90;

    // The least that a refinement is worth going on for.
    private const int BitsPerRefinement = 5;

    // The bound begins above the solution's size by what the factor's condition, the root of the matrix's, makes of it: 40 bits where that is 1e24.
    private const int RefinementsForCondition = 8;

    /// <param name="system">The system.</param>
    /// <param name="enoughBits">Refinement ends when the distance is below 2^-enoughBits of the solution.</param>
    public static SolutionEnclosure Of(EnclosedSystem system, int enoughBits = EnoughForDoubles)
    {
        Dyadic? smallest = system.SmallestEigenvalue();
        var approximation = new Dyadic[system.Size];
        if (smallest is null) return new SolutionEnclosure(approximation, Magnitude.Infinity, null);

        Magnitude best = Magnitude.Infinity;
        Dyadic[] bestVector = approximation;
        for (int refinement = 0; refinement <= (enoughBits / BitsPerRefinement) + RefinementsForCondition; refinement++)
        {
            Dyadic[] residual = Residual(system, approximation);
            Magnitude size = Norms.Euclidean(approximation), distance = DistanceBound(system, residual, size, smallest.Value);
            if (distance < best) (best, bestVector) = (distance, approximation);
            else if (refinement > 1) break;
            if (best << enoughBits < size || system.ApproximateSolve(residual) is not { } correction) break;
            approximation = [.. approximation.Zip(correction, (entry, change) => entry + change)];
        }

        return new SolutionEnclosure(bestVector, best, smallest);
    }

    /// <summary>The same solution with an approximation of so many bits behind the leading one of its largest entry.</summary>
    public SolutionEnclosure RoundTo(int bits)
    {
        Magnitude size = Norms.Euclidean(Approximation);
        if (size.IsZero || !Distance.IsFinite) return this;
        long exponent = size.Exponent - bits;
        Magnitude rounding = Magnitude.PowerOfTwo(exponent - 1) * Magnitude.Of((double)Approximation.Length).SquareRoot();
        return this with { Approximation = [.. Approximation.Select(entry => entry.RoundTo(exponent))], Distance = Distance + rounding };
    }

    /// <summary>A bound on how far a recorded step is from the true solution.</summary>
    public Magnitude DistanceOf(double[] recorded) => Norms.Distance(recorded, Approximation) + Distance;

    /// <summary>b - S s', exactly for the matrix and right side that are held.</summary>
    public static Dyadic[] Residual(EnclosedSystem system, Dyadic[] vector) => [.. system.Multiply(vector).Zip(system.Right, (product, right) => right - product)];

    /// <summary>The bound of the remarks.</summary>
    public static Magnitude DistanceBound(EnclosedSystem system, Dyadic[] residual, Magnitude size, Dyadic smallest) =>
        (Norms.Euclidean(residual) + system.RightError + (system.MatrixError * size)) / smallest.LowerMagnitude();
}
