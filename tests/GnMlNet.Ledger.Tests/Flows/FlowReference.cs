using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Tests.Flows;

/// <summary>The flow by Gragg's extrapolated midpoint rule of order 32: another way than the enclosure's, and nothing of its code but the direction at a point.</summary>
internal static class FlowReference
{
    private const int Columns = 16;

    /// <summary>The weights at a time, in so many intervals, without a bound on the error.</summary>
    internal static Real[] At(Problem problem, Real alpha, Real rho, Real time, int intervals)
    {
        Real[] weights = RealVectors.Middle(problem.InitialWeights);
        Real interval = Real.Exact(time.Ball.Midpoint, problem.Bits) / intervals;
        for (int k = 0; k < intervals; k++) weights = Advance(problem, alpha, rho, weights, interval);
        return weights;
    }

    // 2, 4, ..., 2N steps of the interval, whose errors have even powers only, extrapolated to infinitely many.
    private static Real[] Advance(Problem problem, Real alpha, Real rho, Real[] weights, Real time)
    {
        var table = new Real[Columns][];
        for (int i = 0; i < Columns; i++)
        {
            table[i] = Midpoint(problem, alpha, rho, weights, time, 2 * (i + 1));
            for (int j = i - 1; j >= 0; j--)
            {
                int fine = (i + 1) * (i + 1), coarse = (j + 1) * (j + 1);
                Real ratio = Real.Exact(coarse, problem.Bits) / (fine - coarse);
                table[j] = RealVectors.Middle([.. table[j + 1].Zip(table[j], (better, worse) => better + (ratio * (better - worse)))]);
            }
        }

        return table[0];
    }

    private static Real[] Midpoint(Problem problem, Real alpha, Real rho, Real[] weights, Real time, int steps)
    {
        Real step = time / steps;
        Real[] before = weights, point = Moved(weights, weights, step);
        for (int k = 1; k < steps; k++) (before, point) = (point, Moved(before, point, 2 * step));
        return point;

        Real[] Moved(Real[] from, Real[] at, Real by)
        {
            Real[] direction = new Linearization(problem.Network, at).Direction(rho, problem.Loss.Gradient(problem.ScaledOutputs(at, alpha)))!;
            return RealVectors.Middle(RealVectors.Subtract(from, RealVectors.Scale(by / alpha, direction)));
        }
    }
}
