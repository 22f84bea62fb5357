using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace GnMlNet.Core.Insight;

/// <summary>
/// The smallest change of a region for which a linear function of it is a given number: min u^T M u with g u = r, u within the ranges, the changed row no more unusual than it may be. By Lagrange multipliers: lambda of the equation, in which g u rises,
/// and kappa of the limit, by which the squared distance of the row is added.
/// </summary>
/// <param name="region">The region.</param>
internal sealed class LinearizedChange(RowRegion region)
{
    private const int Bisections = 50;
    private const int Doublings = 40;
    private const int MostSweeps = 200;
    private const int MostRetreats = 6;

    // A change in a sweep that counts as none.
    private const double Settled = 1e-13;

    private readonly int _size = region.Chosen.Length;

    /// <summary>The change; a part of it where all of it would make the row more unusual than it may be.</summary>
    /// <param name="slopes">g.</param>
    /// <param name="rise">r.</param>
    internal DenseVector Solve(DenseVector slopes, double rise)
    {
        for (int retreat = 0; retreat < MostRetreats; retreat++, rise /= 2)
        {
            if (WithinLimit(slopes, rise) is { } change) return change;
        }

        return new DenseVector(_size);
    }

    private DenseVector? WithinLimit(DenseVector slopes, double rise)
    {
        DenseVector change = WithinRanges(slopes, rise, 0);
        if (IsUsual(change)) return change;
        double low = 0, high = 1e-3;
        for (int k = 0; k < Doublings && !IsUsual(change = WithinRanges(slopes, rise, high)); k++) (low, high) = (high, 4 * high);
        if (!IsUsual(change)) return null;
        for (int k = 0; k < Bisections / 2; k++)
        {
            double middle = (low + high) / 2;
            DenseVector at = WithinRanges(slopes, rise, middle);
            if (IsUsual(at)) (high, change) = (middle, at);
            else low = middle;
        }

        return change;
    }

    private bool IsUsual(DenseVector change) => region.Holds(region.Row(change));

    /// <summary>The smallest change without the limit, whose place kappa takes.</summary>
    private DenseVector WithinRanges(DenseVector slopes, double rise, double kappa)
    {
        Matrix<double> form = region.Metric + (kappa * region.Curvature);
        DenseVector pull = kappa * region.Pull, direction = (DenseVector)form.Solve(slopes), rest = (DenseVector)form.Solve(pull);
        double power = slopes * direction;
        if (!(power > 0)) return new DenseVector(_size);
        double lambda = (rise + (slopes * rest)) / power;
        DenseVector free = (lambda * direction) - rest;
        if (Enumerable.Range(0, _size).All(k => free[k] >= region.Lower(k) && free[k] <= region.Upper(k))) return free;

        double low = lambda, high = lambda, width = Math.Max(1, Math.Abs(lambda));
        DenseVector At(double multiplier) => Descend(form, (multiplier * slopes) - pull);
        for (int k = 0; k < Doublings && slopes * At(low) > rise; k++, width *= 2) low -= width;
        for (int k = 0; k < Doublings && slopes * At(high) < rise; k++, width *= 2) high += width;
        for (int k = 0; k < Bisections; k++)
        {
            double middle = (low + high) / 2;
            if (slopes * At(middle) < rise) low = middle;
            else high = middle;
        }

        return At(high);
    }

    /// <summary>min 1/2 u^T H u - b u within the ranges, one coordinate after the other.</summary>
    private DenseVector Descend(Matrix<double> form, DenseVector linear)
    {
        DenseVector u = new DenseVector(_size);
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double moved = 0;
            for (int k = 0; k < _size; k++)
            {
                double next = Math.Clamp(u[k] + ((linear[k] - (form.Row(k) * u)) / form[k, k]), region.Lower(k), region.Upper(k));
                moved = Math.Max(moved, Math.Abs(next - u[k]));
                u[k] = next;
            }

            if (moved < Settled) break;
        }

        return u;
    }
}
