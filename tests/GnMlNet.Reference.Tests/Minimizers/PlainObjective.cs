using GnMlNet.Balls;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests.Minimizers;

/// <summary>
/// E(theta) straight from its definition in balls of 500 bits, its gradient from that definition term by term, its Hessian from differences of gradients, and Newton's method on these: slow, and
/// without a line in common with what it is compared with.
/// </summary>
internal sealed class PlainObjective(RecordedRun run, double[] penalties)
{
    private const int Bits = 500, DifferenceBits = 160;

    internal int Count => penalties.Length;

    /// <summary>E.</summary>
    internal Dyadic Value(Dyadic[] theta)
    {
        Dyadic sum = Dyadic.Zero;
        foreach (RecordedRow row in run.Rows)
        {
            Dyadic residual = Residual(theta, row).Value;
            sum += Exact(row.Weight) * residual * residual;
        }

        for (int i = 0; i < Count; i++) sum += Exact(penalties[i]) * theta[i] * theta[i];
        return sum;
    }

    /// <summary>Half its gradient.</summary>
    internal Dyadic[] Gradient(Dyadic[] theta)
    {
        var gradient = new Dyadic[Count];
        for (int i = 0; i < Count; i++) gradient[i] = Exact(penalties[i]) * theta[i];
        foreach (RecordedRow row in run.Rows)
        {
            (Dyadic residual, Dyadic[] slopes) = Residual(theta, row);
            for (int i = 0; i < Count; i++) gradient[i] += Exact(row.Weight) * residual * slopes[i];
        }

        return [.. gradient.Select(entry => entry.RoundTo(-Bits))];
    }

    /// <summary>Half its Hessian, right to some 2^-150.</summary>
    internal Dyadic[,] Hessian(Dyadic[] theta)
    {
        var hessian = new Dyadic[Count, Count];
        Dyadic step = Dyadic.One << -DifferenceBits;
        for (int k = 0; k < Count; k++)
        {
            Dyadic[] above = [.. theta], below = [.. theta];
            (above[k], below[k]) = (theta[k] + step, theta[k] - step);
            Dyadic[] high = Gradient(above), low = Gradient(below);
            for (int i = 0; i < Count; i++) hessian[i, k] = (high[i] - low[i]) << (DifferenceBits - 1);
        }

        return hessian;
    }

    /// <summary>Where Newton's method ends from a point nearby, right to some 2^-140.</summary>
    internal Dyadic[] Newton(Dyadic[] theta)
    {
        for (int step = 0; step < 8; step++)
        {
            Dyadic[] change = Solve(Hessian(theta), Gradient(theta));
            theta = [.. theta.Zip(change, (a, b) => (a - b).RoundTo(-Bits))];
        }

        return theta;
    }

    internal static double Distance(IEnumerable<Dyadic> a, IEnumerable<Dyadic> b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y).ToDouble()).Sum(d => d * d));

    private static Dyadic Exact(double value) => Dyadic.FromDouble(value);

    private (Dyadic Value, Dyadic[] Slopes) Residual(Dyadic[] theta, RecordedRow row)
    {
        int d = run.Inputs, m = run.HiddenUnits, unit = d + 1;
        var slopes = new Dyadic[Count];
        Dyadic value = theta[(m * unit) + m] - Exact(row.Y);
        slopes[(m * unit) + m] = Dyadic.One;
        for (int i = 0; i < m; i++)
        {
            Dyadic z = theta[(i * unit) + d], weight = theta[(m * unit) + i];
            for (int k = 0; k < d; k++) z += theta[(i * unit) + k] * Exact(row.X[k]);
            bool isTanh = run.Activation == Sigmoid.Tanh;
            Dyadic activation = (isTanh ? Ball.Tanh(Ball.Exact(z), Bits) : Ball.Logistic(Ball.Exact(z), Bits)).Midpoint;
            Dyadic slope = isTanh ? Dyadic.One - (activation * activation) : activation * (Dyadic.One - activation);
            value += weight * activation;
            slopes[(m * unit) + i] = activation;
            for (int k = 0; k < d; k++) slopes[(i * unit) + k] = weight * slope * Exact(row.X[k]);
            slopes[(i * unit) + d] = weight * slope;
        }

        return (value, slopes);
    }

    private static Dyadic[] Solve(Dyadic[,] matrix, Dyadic[] right)
    {
        int n = right.Length;
        Ball[,] a = new Ball[n, n + 1];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++) a[i, k] = Ball.Exact(matrix[i, k]);
            a[i, n] = Ball.Exact(right[i]);
        }

        for (int pivot = 0; pivot < n; pivot++)
        {
            int best = Enumerable.Range(pivot, n - pivot).MaxBy(i => Math.Abs(a[i, pivot].Midpoint.ToDouble()));
            for (int k = 0; k <= n; k++) (a[pivot, k], a[best, k]) = (a[best, k], a[pivot, k]);
            for (int i = 0; i < n; i++)
            {
                if (i == pivot) continue;
                Dyadic factor = Ball.Divide(Ball.Exact(a[i, pivot].Midpoint), Ball.Exact(a[pivot, pivot].Midpoint), Bits).Midpoint;
                for (int k = pivot; k <= n; k++) a[i, k] = Ball.Exact((a[i, k].Midpoint - (factor * a[pivot, k].Midpoint)).RoundTo(-2 * Bits));
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => Ball.Divide(Ball.Exact(a[i, n].Midpoint), Ball.Exact(a[i, i].Midpoint), Bits).Midpoint)];
    }
}
