using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Curves;

/// <summary>Psi(w) = sum_j y_j sigma(x_j w) for inputs of one component, and its extrema over all w.</summary>
/// <param name="network">sigma, tanh or the logistic function, and x.</param>
/// <param name="targets">y.</param>
internal sealed class TargetFunction(Network network, Real[] targets)
{
    // Beyond this times 1/|x| a unit with the input x is within 2^-90 of where it tends to.
    private const int Saturation = 64;
    private const int ToleranceOrders = 50;

    /// <summary>Contains the greatest value.</summary>
    internal Real Greatest()
    {
        Real end = End();
        Real inside = Extremum.Maximum(Value, Slope, -end, end, Tolerance);
        return Real.Max(inside, Real.Max(Tail(1, end), Tail(-1, end)));
    }

    /// <summary>Contains the least value.</summary>
    internal Real Least()
    {
        Real end = End();
        Real inside = Extremum.Minimum(Value, Slope, -end, end, Tolerance);
        return Real.Min(inside, Real.Min(Tail(1, end), Tail(-1, end)));
    }

    private Real Tolerance => RealVectors.Norm(targets).Shift(-ToleranceOrders);

    private Real Value(Real w) => Sum(j => network.Activation.Value(network.Inputs[j, 0] * w));

    private Real Slope(Real w) => Sum(j => network.Inputs[j, 0] * network.Activation.Slope(network.Inputs[j, 0] * w));

    // All values beyond the end: sigma is monotone, so each unit is between its value there and where it tends to.
    private Real Tail(int sign, Real end) => Sum(j =>
    {
        Real z = network.Inputs[j, 0] * sign * end;
        return Real.Between(network.Activation.Value(z), network.Activation.Limit(z.Ball.Sign ?? 0));
    });

    private Real Sum(Func<int, Real> term)
    {
        Real sum = 0;
        for (int j = 0; j < network.Rows; j++) sum += targets[j] * term(j);
        return sum;
    }

    // An exact number: the least input that is not 0 decides it.
    private Real End()
    {
        Real[] sizes = [.. Enumerable.Range(0, network.Rows).Select(j => network.Inputs[j, 0].Abs()).Where(size => size.IsPositive)];
        return sizes.Length == 0 ? 1 : (Saturation / sizes.Aggregate(Real.Min)).Greatest;
    }
}
