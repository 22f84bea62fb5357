using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>
/// The certified errors of a and b where evidence estimated them anew: a_g = gamma_g/|theta_g|^2 and b = (n - gamma)/(n sum_j w_j r_j^2) with
/// gamma_g = N_g - lambda_g tr_g(A^-1), within documented limits. What is promised follows from balls around what the fast path computes first.
/// </summary>
/// <remarks>docs/crosscheck.md, "Between the steps".</remarks>
internal sealed class EvidenceFigures(RecordedRun run, StepEquations equations, StepPromise promise, Func<double[], int, EnclosedPoint> evaluate, int bits)
{
    private const int Bits = 192;

    private const double ColumnPrior = 2, LeastPrecision = 1e-6, GreatestPrecision = 1e6, LeastNoisePrecision = 1e-8, GreatestNoisePrecision = 1e8, LeastFreeRows = 0.05, LeastEffective = 1e-3, Tiny = 1e-12;

    private static readonly Magnitude Rounding = Magnitude.PowerOfTwo(-48);

    private readonly int[] _groups = [.. Enumerable.Range(0, equations.ParameterCount).Select(run.Layout.PenaltyGroup)];

    /// <summary>Of both; nothing where they were not estimated anew.</summary>
    internal IEnumerable<CertifiedError> At(int index)
    {
        RecordedIterate iterate = run.Iterates[index];
        if (!run.AdaptsPenalties || iterate.Iteration == 0 || !PenaltyRule.IsDue(iterate.Iteration)) yield break;
        RecordedIterate before = run.Iterates[index - 1];
        if (iterate.NoisePrecision == before.NoisePrecision && iterate.Precisions.AsSpan().SequenceEqual(before.Precisions)) yield break;

        // A is that of the penalties before, made from the rows of the step.
        RecordedIterate old = iterate with { Penalties = before.Penalties, Damping = 0, Inexact = null };
        EnclosedPoint plain = evaluate(before.Parameters, bits);
        Ball[] traces;
        double share;
        if (iterate.CurvatureInSinglePrecision)
        {
            // Where the matrix is missing a rule is broken.
            if (Source(run, index) is not { EvidenceMatrix.Length: > 0 } source) yield break;
            if (ReferenceEquals(source, iterate)) yield return MatrixOf(iterate, plain);
            (traces, share) = InverseTraces(Written(source.EvidenceMatrix, before.Penalties), Ball.One, missing: 0);
        }
        else
        {
            (traces, share) = InverseTraces((DenseSystem)equations.Equations(plain, old), Ball.Exact(equations.SampleWeight(old)), promise.Gram(plain, old));
        }

        Ball[] squares = [.. Sums(i => Ball.Square(Ball.Exact(before.Parameters[i]), Bits))];
        var error = new Ball(plain.Loss, plain.LossError);
        double lost = promise.Analyze(equations.Penalized(plain, old)).MeanSquaredError(Math.Abs((equations.Penalized(plain, old).Loss - plain.Loss).ToDouble()));

        (Ball[] Precisions, Ball Noise) exact = Estimate(before, traces, squares, error);
        (Ball[] Precisions, Ball Noise) computed = Estimate(
            before,
            [.. traces.Select(trace => Wider(trace, Magnitude.Of(share) * trace.AbsUpper()))],
            [.. squares.Select(square => Wider(square, (square.AbsUpper() << -53) * Magnitude.Of(_groups.Length + 2.0)))],
            Wider(error, Magnitude.Of(lost)));
        yield return CertifiedError.Of(CheckedQuantity.NoisePrecision, iterate.NoisePrecision, exact.Noise, Promised([computed.Noise]));
        Dyadic[] centers = [.. exact.Precisions.Select(ball => ball.Midpoint)];
        Magnitude width = Norms.Euclidean(exact.Precisions.Select(ball => ball.Radius));
        yield return CertifiedError.Of(
            CheckedQuantity.Precisions, Norms.Distance(iterate.Precisions, centers), width, BelowNorm.MagnitudeOf(Norms.Euclidean(centers), width), Promised(computed.Precisions));
    }

    /// <summary>The iterate that a matrix in single precision for the evidence at another was recorded with, or null.</summary>
    internal static RecordedIterate? Source(RecordedRun run, int index)
    {
        int age = run.Iterates[index].Inexact?.InverseAge ?? 0;
        return age >= 0 && age < index ? run.Iterates[index - age] : null;
    }

    /// <summary>The error of the recorded J^T W J, times the weight of the sample.</summary>
    private CertifiedError MatrixOf(RecordedIterate iterate, EnclosedPoint plain)
    {
        var exact = (DenseSystem)equations.Equations(plain, iterate with { Penalties = [.. iterate.Penalties.Select(_ => 0.0)], Damping = 0, Inexact = null });
        Magnitude apart = Written(iterate.EvidenceMatrix, []).Matrix.Times(equations.SampleWeight(iterate)).Plus(exact.Matrix.Times(-1)).FrobeniusNorm();
        Magnitude error = exact.MatrixError * Magnitude.Of((double)equations.ParameterCount).SquareRoot();
        return CertifiedError.Of(CheckedQuantity.EvidenceMatrix, apart, error, BelowNorm.MagnitudeOf(exact.FrobeniusNorm, error), promise.Gram(plain, iterate));
    }

    /// <summary>A with a recorded J^T W J, exactly.</summary>
    private DenseSystem Written(double[] triangle, double[] penalties)
    {
        int size = equations.ParameterCount;
        ScaledIntegers matrix = ScaledIntegers.Symmetric(size, triangle);
        if (penalties.Length > 0) matrix = matrix.PlusDiagonal([.. penalties.Select(Dyadic.FromDouble)]);
        return new DenseSystem(matrix, Magnitude.Zero, new Dyadic[size], new Magnitude[size], Dyadic.Zero);
    }

    /// <summary>Contains tr_g(A^-1) for every group, and the share of itself by which the fast path may miss it.</summary>
    private (Ball[] Traces, double Share) InverseTraces(DenseSystem system, Ball weight, double missing)
    {
        var ball = new BallMatrix(system.Matrix.ToMatrix(), system.Matrix.Exponent, [.. Enumerable.Repeat(system.MatrixError, system.Size)]);
        SymmetricBall matrix = SmallestEigenvalue.Checked(ball);
        SpectrumProof? proof = SmallestEigenvalue.Proofs(matrix, Bits).FirstOrDefault(found => found.Certificate is not null);
        if (proof?.Certificate is null) return ([.. Sums(_ => Ball.Indeterminate)], double.PositiveInfinity);
        // The system is multiplied by the weight of the sample, so its inverse is divided by it.
        Ball[] diagonal = [.. new InverseForms(matrix, proof).Diagonal().Select(entry => Ball.Multiply(entry, weight, Bits))];
        double smallest = BelowNorm.RoundDown(proof.Bound.Lower);
        return (Sums(i => diagonal[i]), smallest > 0 ? promise.InverseShare(missing, system.FrobeniusNorm.ToDouble(), smallest) : double.PositiveInfinity);
    }

    private (Ball[] Precisions, Ball Noise) Estimate(RecordedIterate before, Ball[] traces, Ball[] squares, Ball meanSquaredError)
    {
        int columns = run.Inputs, groups = columns + 3;
        int[] sizes = [.. Enumerable.Range(0, groups).Select(g => _groups.Count(group => group == g))];
        Ball rows = Ball.Exact(run.TotalWeight), noiseBefore = Ball.Exact(before.NoisePrecision);
        var effective = new Ball[groups];
        for (int g = 0; g < groups; g++)
        {
            Ball penalty = Ball.Divide(Ball.Exact(before.Precisions[g]), Ball.Multiply(noiseBefore, rows, Bits), Bits);
            effective[g] = sizes[g] == 0 ? Ball.Zero : Clamped(Ball.Subtract(Ball.Exact(sizes[g]), Ball.Multiply(penalty, traces[g], Bits), Bits), LeastEffective, sizes[g]);
        }

        Ball pooled = Ball.Divide(Sum(effective[..columns]), Clamped(Sum(squares[..columns]), Tiny, double.MaxValue), Bits);
        var precisions = new Ball[groups];
        for (int g = 0; g < groups; g++)
        {
            precisions[g] = Ball.Exact(before.Precisions[g]);
            if (g == groups - 1 || sizes[g] == 0) continue;
            Ball target = g < columns
                ? Ball.Divide(Ball.Add(effective[g], Ball.Exact(2 * ColumnPrior), Bits), Ball.Add(squares[g], Ball.Divide(Ball.Exact(2 * ColumnPrior), pooled, Bits), Bits), Bits)
                : Ball.Divide(effective[g], Clamped(squares[g], Tiny, double.MaxValue), Bits);
            precisions[g] = Clamped(target, LeastPrecision, GreatestPrecision);
        }

        Ball free = Clamped(Ball.Subtract(rows, Sum(effective), Bits), LeastFreeRows * run.TotalWeight, double.MaxValue);
        return (precisions, Clamped(Ball.Divide(free, Clamped(Ball.Multiply(rows, meanSquaredError, Bits), Tiny, double.MaxValue), Bits), LeastNoisePrecision, GreatestNoisePrecision));
    }

    /// <summary>How far a computed number may be from the exact one: both lie in the ball, and the estimates themselves are rounded some times.</summary>
    private static double Promised(Ball[] computed) => (Norms.Euclidean(computed.Select(ball => (ball.Radius << 1) + (Rounding * ball.AbsUpper())))).ToDouble();

    private Ball[] Sums(Func<int, Ball> value)
    {
        var sums = new Ball[run.Inputs + 3];
        for (int i = 0; i < _groups.Length; i++) sums[_groups[i]] = Ball.Add(sums[_groups[i]], value(i), Bits);
        return sums;
    }

    private static Ball Sum(Ball[] values) => values.Aggregate(Ball.Zero, (sum, value) => Ball.Add(sum, value, Bits));

    private static Ball Wider(Ball ball, Magnitude more) => new(ball.Midpoint, ball.Radius + more);

    /// <summary>Contains min(most, max(least, x)) for every x of the ball.</summary>
    private static Ball Clamped(Ball value, double least, double most)
    {
        if (!value.IsFinite) return Ball.Union(Ball.Exact(least), Ball.Exact(most));
        Ball Limit(Dyadic end) => Ball.Exact(end < Dyadic.FromDouble(least) ? Dyadic.FromDouble(least) : end > Dyadic.FromDouble(most) ? Dyadic.FromDouble(most) : end);
        return Ball.Union(Limit(value.Lower), Limit(value.Upper));
    }
}
