namespace GnMlNet.Core.Dynamics;

/// <summary>
/// The coefficients of an explicit Runge-Kutta method for y' = F(y): k_i = F(y + h sum_j a_ij k_j), y+ = y + h sum_i b_i k_i
/// (Hairer, Norsett and Wanner, Solving Ordinary Differential Equations I, 1993, section II.1). An embedded pair has a second row of weights of one order less,
/// whose difference from b estimates the error.
/// </summary>
internal sealed class ButcherTableau
{
    private ButcherTableau(int order, double[][] a, double[] b, double[]? errorWeights = null) =>
        (Order, A, B, ErrorWeights, EndsAtLastStage) = (order, a, b, errorWeights, a[^1].AsSpan().SequenceEqual(b.AsSpan(..^1)) && b[^1] == 0);

    /// <summary>The explicit Euler method, of order 1.</summary>
    internal static ButcherTableau Euler { get; } = new(1, [[]], [1]);

    /// <summary>The classical method of Kutta (1901), of order 4.</summary>
    internal static ButcherTableau ClassicalRungeKutta { get; } = new(
        4,
        [[], [1 / 2.0], [0, 1 / 2.0], [0, 0, 1]],
        [1 / 6.0, 1 / 3.0, 1 / 3.0, 1 / 6.0]);

    /// <summary>The embedded pair of Dormand and Prince (1980), of orders 5 and 4; its last stage is the first of the next step.</summary>
    internal static ButcherTableau DormandPrince { get; } = new(
        5,
        [
            [],
            [1 / 5.0],
            [3 / 40.0, 9 / 40.0],
            [44 / 45.0, -56 / 15.0, 32 / 9.0],
            [19372 / 6561.0, -25360 / 2187.0, 64448 / 6561.0, -212 / 729.0],
            [9017 / 3168.0, -355 / 33.0, 46732 / 5247.0, 49 / 176.0, -5103 / 18656.0],
            [35 / 384.0, 0, 500 / 1113.0, 125 / 192.0, -2187 / 6784.0, 11 / 84.0],
        ],
        [35 / 384.0, 0, 500 / 1113.0, 125 / 192.0, -2187 / 6784.0, 11 / 84.0, 0],
        [71 / 57600.0, 0, -71 / 16695.0, 71 / 1920.0, -17253 / 339200.0, 22 / 525.0, -1 / 40.0]);

    /// <summary>The order of the method that goes on.</summary>
    internal int Order { get; }

    /// <summary>a, one row a stage.</summary>
    internal double[][] A { get; }

    /// <summary>b.</summary>
    internal double[] B { get; }

    /// <summary>Whether the last stage is F at the end of the step, so that the next step has its first stage already.</summary>
    internal bool EndsAtLastStage { get; }

    /// <summary>b less the weights of the embedded method, or null where there is none.</summary>
    internal double[]? ErrorWeights { get; }
}
