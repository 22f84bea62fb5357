namespace GnMlNet.Reference.CrossChecks;

/// <summary>The coefficients of the schemes of flows, k_i = F(y + h sum_j a_ij k_j) and y+ = y + h sum_i b_i k_i, as the doubles that their quotients round to.</summary>
/// <param name="A">a, one row for each stage; the first is empty.</param>
/// <param name="B">b.</param>
internal sealed record SchemeCoefficients(double[][] A, double[] B)
{
    private static readonly SchemeCoefficients Euler = new([[]], [1]);

    // Kutta 1901.
    private static readonly SchemeCoefficients RungeKutta4 = new([[], [0.5], [0, 0.5], [0, 0, 1]], [1 / 6.0, 1 / 3.0, 1 / 3.0, 1 / 6.0]);

    // Dormand and Prince 1980; the seventh stage has no weight in the step.
    private static readonly SchemeCoefficients DormandPrince = new(
        [
            [],
            [1 / 5.0],
            [3 / 40.0, 9 / 40.0],
            [44 / 45.0, -56 / 15.0, 32 / 9.0],
            [19372 / 6561.0, -25360 / 2187.0, 64448 / 6561.0, -212 / 729.0],
            [9017 / 3168.0, -355 / 33.0, 46732 / 5247.0, 49 / 176.0, -5103 / 18656.0],
        ],
        [35 / 384.0, 0, 500 / 1113.0, 125 / 192.0, -2187 / 6784.0, 11 / 84.0]);

    /// <summary>Those of a scheme by its name in a trace.</summary>
    internal static SchemeCoefficients Of(string scheme) => scheme switch
    {
        "Euler" => Euler,
        "RungeKutta4" => RungeKutta4,
        _ => DormandPrince,
    };
}
