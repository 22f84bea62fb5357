using CsCheck;
using GnMlNet.Core.Theory;

namespace GnMlNet.Core.Tests.Theory;

public class SpectrumTests
{
    private static readonly Gen<double> Eigenvalue = Gen.Double[-8, 4].Select(exponent => Math.Pow(10, exponent));
    private static readonly Gen<double> Rho = Gen.Double[-9, 0].Select(exponent => Math.Pow(10, exponent));

    [Fact]
    public void The_eigenvalues_of_a_Gram_matrix_sum_to_the_squares_of_the_Jacobian_and_are_those_of_its_transpose() =>
        Gen.Double[-2, 2].Select(entry => Math.Round(entry, 3)).Array[12].Sample(jacobian =>
        {
            double[] eigenvalues = LinearizationSpectrum.GramEigenvalues(jacobian, 3);
            double[] transposed = [.. from column in Enumerable.Range(0, 3) from row in Enumerable.Range(0, 4) select jacobian[(row * 3) + column]];
            double squares = jacobian.Sum(entry => entry * entry);
            return eigenvalues.Length == 3
                && Math.Abs(eigenvalues.Sum() - squares) <= 1e-12 * squares
                && eigenvalues.Zip(LinearizationSpectrum.GramEigenvalues(transposed, 4)).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-12 * squares);
        });

    [Fact]
    public void Lambda_0_and_lambda_n_are_half_the_extreme_singular_values()
    {
        double[] eigenvalues = LinearizationSpectrum.GramEigenvalues([3, 0, 0, 0, 1e-9, 0], 3);
        LinearizationSpectrum.LambdaN(eigenvalues).Should().BeApproximately(1.5, 1e-15);
        LinearizationSpectrum.Lambda0(eigenvalues).Should().BeApproximately(0.5e-9, 1e-23, "squaring the matrix would have lost it");
        LinearizationSpectrum.Lambda0([1, -1e-18, 2]).Should().Be(0);
        FluentActions.Invoking(() => LinearizationSpectrum.Lambda0([])).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("eigenvalues");
    }

    [Fact]
    public void The_floor_is_lambda_0_squared_at_r_0_and_what_23_says_at_the_edge_of_B()
    {
        var network = new NetworkConstants(0.3, 2, 1.7);
        LinearizationSpectrum.FloorAt(network, Neighbourhood.InnerRadius(network)).Should().BeApproximately(0.09, 1e-15);
        LinearizationSpectrum.FloorAt(network, Neighbourhood.Radius(network, 0.25)).Should().BeApproximately(4 * 0.75 * 0.75 * 0.09, 1e-15);
        LinearizationSpectrum.FloorAt(network, 1).Should().Be(0);
        LinearizationSpectrum.CeilingAt(network, Neighbourhood.InnerRadius(network)).Should().BeApproximately(RepairedTheorem2.KernelCeiling(network), 1e-13);
    }

    [Fact]
    public void Floor_and_ceiling_hold_along_random_paths()
    {
        var random = new Random(5);
        for (int trial = 0; trial < 200; trial++)
        {
            SmallNetwork network = SmallNetwork.Draw(2, 2, 2, random);
            NetworkConstants constants = network.Constants;
            double[] w = SmallNetwork.Add(network.Start, Neighbourhood.InnerRadius(constants), Problems.RandomVector(4, random));
            double[] eigenvalues = LinearizationSpectrum.GramEigenvalues(network.FlatJacobian(w), 4);
            eigenvalues[0].Should().BeGreaterThanOrEqualTo(LinearizationSpectrum.FloorAt(constants, network.Distance(w)));
            eigenvalues[^1].Should().BeLessThanOrEqualTo(LinearizationSpectrum.CeilingAt(constants, network.Distance(w)));
        }
    }

    [Fact]
    public void The_maps_multiply_as_J_and_H_do() =>
        Gen.Select(Eigenvalue, Rho).Sample((t, rho) =>
        {
            double a = EigenvalueMaps.Damped(t, rho), s = EigenvalueMaps.Output(t, rho), h = EigenvalueMaps.Parameter(t, rho);
            return Math.Abs((s * a) - t) <= 1e-15 * t && Math.Abs((h * a) - s) <= 1e-15 * s && a >= Math.Min(t, 1) * (1 - 1e-15) && a <= Math.Max(t, 1) * (1 + 1e-15);
        });

    [Fact]
    public void The_outputs_map_increases_to_1_over_1_minus_rho() =>
        Gen.Select(Eigenvalue, Rho.Where(rho => rho < 0.99)).Sample((t, rho) =>
            EigenvalueMaps.Output(2 * t, rho) >= EigenvalueMaps.Output(t, rho)
            && EigenvalueMaps.Output(t, rho) <= 1 / (1 - rho)
            && Math.Abs((EigenvalueMaps.Output(1e12, rho) * (1 - rho)) - 1) < 1e-9);

    [Fact]
    public void The_parameters_map_rises_to_its_peak_and_falls_beyond() =>
        Gen.Select(Gen.Double[0.01, 0.98], Rho.Where(rho => rho < 0.99)).Sample((fraction, rho) =>
        {
            double peak = EigenvalueMaps.Peak(rho), top = EigenvalueMaps.Parameter(peak, rho);
            // h(peak x) = h(peak/x), and the top is 1/(4 rho (1-rho)).
            double before = EigenvalueMaps.Parameter(peak * fraction, rho), after = EigenvalueMaps.Parameter(peak / fraction, rho);
            return before < top && Math.Abs(before - after) <= 1e-12 * top && Math.Abs((top * 4 * rho * (1 - rho)) - 1) < 1e-12;
        });

    [Fact]
    public void Without_damping_outputs_move_alike_and_with_damping_1_the_flow_is_the_gradient_flow()
    {
        Eigenvalue.Sample(t => EigenvalueMaps.Output(t, 0) == 1 && EigenvalueMaps.Output(t, 1) == t && EigenvalueMaps.Parameter(t, 1) == t);
        EigenvalueMaps.Peak(1).Should().Be(double.PositiveInfinity);
        FluentActions.Invoking(() => EigenvalueMaps.Output(0, 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("t");
        FluentActions.Invoking(() => EigenvalueMaps.Damped(1, 1.5)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("rho");
    }

    [Fact]
    public void The_exit_time_is_the_first_record_outside_or_never()
    {
        double[] times = [0, 1, 2, 3];
        Neighbourhood.ExitTime(times, [0, 0.5, 1, 0.2], 1).Should().Be(2);
        Neighbourhood.ExitTime(times, [0, 0.5, 0.9, 0.99], 1).Should().Be(double.PositiveInfinity);
        Neighbourhood.ExitTime(times, [0, double.NaN, 0.9, 0.99], 1).Should().Be(1);
        FluentActions.Invoking(() => Neighbourhood.ExitTime(times, [0], 1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("distances");
        FluentActions.Invoking(() => Neighbourhood.ExitTime(times, times, 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("radius");
    }
}
