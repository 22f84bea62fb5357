using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Theorems;

/// <summary>How far any weights reach towards the targets: at least y . f(w) for every w.</summary>
/// <remarks>docs/ledger-methods.md, "Extrema and integrals", targets out of reach.</remarks>
internal static class GreatestReach
{
    // Preactivations beyond this leave tanh at 1 up to 2 e^-64.
    private const int Saturated = 32;

    internal static Real Of(Problem problem)
    {
        Network network = problem.Network;
        Real[] y = problem.Loss.Targets;
        return (network.Units * OfUnit(network, y)) - RealVectors.Dot(y, network.Outputs(problem.InitialWeights));
    }

    // Every unit by itself, whatever its sign: with one input and tanh the greatest value of sum_j y_j tanh(x_j v), an odd function of v; else sum_j |y_j|.
    private static Real OfUnit(Network network, Real[] y)
    {
        Real all = Sum(y, _ => true, j => y[j].Abs());
        if (network.Dimension > 1 || network.Activation != Activation.Tanh) return all;
        Real[] x = [.. Enumerable.Range(0, network.Rows).Select(j => network.Inputs[j, 0])];
        if (x.Any(input => input.Ball.Sign is not (1 or -1))) return all;
        Real least = x.Select(input => input.Abs()).Aggregate(Real.Min), end = (Saturated / least).Greatest;
        Real inside = Extremum.Maximum(
            v => Sum(y, _ => true, j => y[j] * Activation.Tanh.Value(x[j] * v)), v => Sum(y, _ => true, j => y[j] * x[j] * Activation.Tanh.Slope(x[j] * v)), -end, end, all.Greatest.Shift(-24));
        Real beyond = Sum(y, j => x[j].IsPositive, j => y[j]) - Sum(y, j => x[j].IsNegative, j => y[j]);
        return Real.Max(inside, beyond.Abs() + (2 * all * (-2 * (Real)Saturated).Exp()));
    }

    private static Real Sum(Real[] y, Func<int, bool> counts, Func<int, Real> value)
    {
        Real sum = 0;
        for (int j = 0; j < y.Length; j++) sum += counts(j) ? value(j) : 0;
        return sum;
    }
}
