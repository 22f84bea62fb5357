using MathNet.Numerics.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Theory;

/// <summary>
/// Estimates of L from below: the greatest quotient |J(w) - J(w')|/|w - w'| found among sampled pairs. They are never above L but for rounding, and
/// may be far below it: they can refute a bound on L, or a theorem's conclusion, but support no hypothesis. A seed gives the same estimate every time.
/// </summary>
public static class JacobianModulusEstimate
{
    // Half the distance of the two points of a pair: the quotient misses sigma'' by the square of it, its rounding is 1e-16 divided by it.
    private const double HalfStep = 1e-5;
    private const int PowerSteps = 30;
    private const int LocalSteps = 200;
    private const double Shrinkage = 0.93;

    /// <summary>
    /// From any Jacobian: random pairs in the ball about <paramref name="center"/>, the best of which then moves at random as long as that helps.
    /// For small cases: every pair costs two Jacobians and the eigenvalues of a matrix of min(n, p) rows.
    /// </summary>
    /// <param name="jacobian">w (length p) -> J(w), n x p, row by row.</param>
    /// <param name="center">The ball's center, length p, for example w_init; at least one entry, finite.</param>
    /// <param name="radius">The ball's radius; positive. All points at which J is evaluated lie in the ball.</param>
    /// <param name="pairs">How many random pairs; at least 1. The local search takes 200 more.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or J's length is no positive multiple of p or an entry of it not finite.</exception>
    public static double FromBelow(Func<double[], double[]> jacobian, ReadOnlySpan<double> center, double radius, int pairs, int seed)
    {
        ArgumentNullException.ThrowIfNull(jacobian);
        Argument.Rows(center, 1, nameof(center), "1");
        Argument.Positive(radius);
        Argument.Count(pairs);
        var random = new Random(seed);
        double[] middle = center.ToArray();
        double best = 0;
        double[] bestFirst = middle, bestSecond = middle;
        for (int pair = 0; pair < pairs; pair++)
        {
            double[] first = Near(middle, radius, random);
            Improve(first, Near(first, radius * random.NextDouble(), random));
        }

        double scale = radius;
        for (int step = 0; step < LocalSteps; step++, scale *= Shrinkage) Improve(Near(bestFirst, scale, random), Near(bestSecond, scale, random));
        return best;

        void Improve(double[] first, double[] second)
        {
            (first, second) = (IntoBall(first, middle, radius), IntoBall(second, middle, radius));
            double distance = Distance(first, second);
            // Nearer pairs tell more of rounding than of J.
            if (distance < HalfStep * radius) return;
            double quotient = DifferenceNorm(jacobian(first), jacobian(second), first.Length) / distance;
            if (quotient > best) (best, bestFirst, bestSecond) = (quotient, first, second);
        }
    }

    /// <summary>
    /// For the network sum_i c_i sigma(x . w^(i)), over all of R^p. Only one unit need move (see <see cref="JacobianModulus"/>), so the search is over
    /// its d weights w and the unit vector v of greatest quotient of J(w + h v) and J(w - h v), which a power
    /// method finds for given w: a local search from the longest row's direction, where sigma'' is greatest, and from random starts.
    /// </summary>
    /// <param name="activation">sigma.</param>
    /// <param name="inputs">X, n x d, row by row; finite.</param>
    /// <param name="inputSize">d, at least 1.</param>
    /// <param name="starts">How many random starts beside the first; at least 1.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or the length of the inputs is no positive multiple of d.</exception>
    public static double OfNetwork(Activation activation, ReadOnlySpan<double> inputs, int inputSize, int starts, int seed)
    {
        ArgumentNullException.ThrowIfNull(activation);
        Argument.Rows(inputs, inputSize, nameof(inputs), nameof(inputSize));
        Argument.Count(starts);
        double[][] x = InputMoments.Scaled(inputs, inputSize, out double scale);
        if (scale == 0) return 0;
        double[] longest = x.MaxBy(row => InputMoments.SquaredNorm(row))!;
        double length = Math.Sqrt(InputMoments.SquaredNorm(longest));
        var random = new Random(seed);

        // Along the longest row, at the peak of sigma'': no less than the lower bound sigma_2 max_j |x_j|^2.
        double peak = Enumerable.Range(0, 8_000).Select(index => index * 1e-3).MaxBy(z => Math.Abs(Curvature(activation, z)));
        double best = Climb(Array.ConvertAll(longest, entry => peak / length * (entry / length)), longest);
        // sigma'' lives where |x_j . w| is about 1.
        for (int start = 0; start < starts; start++) best = Math.Max(best, Climb(Near(new double[inputSize], 3 / length, random), Near(new double[inputSize], 1, random)));
        return best * scale * scale;

        double Climb(double[] w, double[] v)
        {
            double here = Quotient(activation, x, w, ref v);
            double reach = 1 / length;
            for (int step = 0; step < LocalSteps; step++, reach *= Shrinkage)
            {
                double[] next = Near(w, reach, random);
                double[] direction = v;
                double there = Quotient(activation, x, next, ref direction);
                if (there > here) (here, w, v) = (there, next, direction);
            }

            return here;
        }
    }

    private static double Curvature(Activation activation, double z) => (activation.Slope(z + HalfStep) - activation.Slope(z - HalfStep)) / (2 * HalfStep);

    /// <summary>
    /// sqrt(sum_j (q_j x_j . v)^2), at most |J(w + h v) - J(w - h v)|/(2h), where q_j is the difference quotient of sigma' between the two points.
    /// Power steps first turn v to where sum_j sigma''(x_j . w)^2 (x_j . v)^4 is large: on the sphere they never lower a convex function.
    /// </summary>
    private static double Quotient(Activation activation, double[][] x, double[] w, ref double[] v)
    {
        double[] weights = Array.ConvertAll(x, row =>
        {
            double curvature = Curvature(activation, Dot(row, w));
            return curvature * curvature;
        });
        v = [.. v];
        Normalize(v);
        for (int step = 0; step < PowerSteps; step++)
        {
            var next = new double[v.Length];
            for (int j = 0; j < x.Length; j++)
            {
                double along = Dot(x[j], v);
                double factor = weights[j] * along * along * along;
                for (int k = 0; k < next.Length; k++) next[k] += factor * x[j][k];
            }

            if (!Normalize(next)) break;
            v = next;
        }

        double sum = 0;
        foreach (double[] row in x)
        {
            double z = Dot(row, w), along = Dot(row, v);
            double quotient = (activation.Slope(z + (HalfStep * along)) - activation.Slope(z - (HalfStep * along))) / (2 * HalfStep);
            sum += quotient * along * (quotient * along);
        }

        return Math.Sqrt(sum);
    }

    /// <summary>A point within <paramref name="radius"/> of another, in a uniformly random direction.</summary>
    private static double[] Near(double[] point, double radius, Random random)
    {
        var direction = new double[point.Length];
        do
        {
            for (int k = 0; k < direction.Length; k++)
            {
                // Box and Muller's normal variates have no preferred direction.
                direction[k] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            }
        }
        while (!Normalize(direction));

        double distance = radius * random.NextDouble();
        for (int k = 0; k < direction.Length; k++) direction[k] = point[k] + (distance * direction[k]);
        return direction;
    }

    private static double[] IntoBall(double[] point, double[] center, double radius)
    {
        double distance = Distance(point, center);
        return distance <= radius ? point : [.. point.Zip(center, (entry, middle) => middle + ((entry - middle) * (radius / distance)))];
    }

    private static double DifferenceNorm(double[] first, double[] second, int parameters)
    {
        if (second.Length != first.Length)
            throw new ArgumentOutOfRangeException(nameof(first), second.Length, FormattableString.Invariant($"A Jacobian must have as many entries as another, {first.Length}."));
        double[] difference = [.. first.Zip(second, (a, b) => a - b)];
        int rows = Argument.Rows(difference, parameters, "jacobian", "center");
        return Matrix<double>.Build.DenseOfRowMajor(rows, parameters, difference).Svd(computeVectors: false).L2Norm;
    }

    private static double Distance(double[] first, double[] second) => Math.Sqrt(first.Zip(second, (a, b) => (a - b) * (a - b)).Sum());

    private static double Dot(double[] first, double[] second)
    {
        double sum = 0;
        for (int k = 0; k < first.Length; k++) sum += first[k] * second[k];
        return sum;
    }

    private static bool Normalize(double[] vector)
    {
        double norm = Math.Sqrt(InputMoments.SquaredNorm(vector));
        if (!(norm > 0)) return false;
        for (int k = 0; k < vector.Length; k++) vector[k] /= norm;
        return true;
    }
}
