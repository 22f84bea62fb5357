using CsCheck;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Theory;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Theory;

public class JacobianModulusTests
{
    private static readonly double Sigma2 = Activation.Tanh.CurvatureBound;

    private static readonly Gen<(double[] Inputs, int Size)> Tables =
        from size in Gen.Int[1, 4]
        from rows in Gen.Int[1, 9]
        from inputs in Gen.Double[-2, 2].Select(entry => Math.Round(entry, 3)).Array[rows * size]
        select (inputs, size);

    private static Matrix<double> Gram((double[] Inputs, int Size) table)
    {
        Matrix<double> x = Matrix<double>.Build.DenseOfRowMajor(table.Inputs.Length / table.Size, table.Size, table.Inputs);
        return x * x.Transpose();
    }

    private static double Greatest(Matrix<double> symmetric) => Math.Max(0, symmetric.Evd(Symmetricity.Symmetric).EigenValues.Max(value => value.Real));

    [Fact]
    public void The_bounds_come_from_matrices_of_all_pairs_of_rows() =>
        Tables.Sample(table =>
        {
            Matrix<double> gram = Gram(table);
            Matrix<double> norms = Matrix<double>.Build.DenseOfDiagonalVector(gram.Diagonal().PointwiseSqrt());
            double upper = Sigma2 * Math.Sqrt(Greatest(gram.PointwiseMultiply(gram)));
            double looser = Sigma2 * Math.Sqrt(Greatest(norms * gram * norms));
            return Math.Abs(JacobianModulus.UpperBound(Sigma2, table.Inputs, table.Size) - upper) <= 1e-12 * upper
                && Math.Abs(JacobianModulus.LooserUpperBound(Sigma2, table.Inputs, table.Size) - looser) <= 1e-12 * looser
                && Math.Abs(JacobianModulus.LowerBound(Sigma2, table.Inputs, table.Size) - (Sigma2 * gram.Diagonal().Maximum())) <= 1e-13 * upper;
        });

    [Fact]
    public void Lower_bound_estimate_upper_bound_and_looser_bound_come_in_this_order() =>
        Tables.Sample(
            table =>
            {
                double lower = JacobianModulus.LowerBound(Sigma2, table.Inputs, table.Size);
                double estimate = JacobianModulusEstimate.OfNetwork(Activation.Tanh, table.Inputs, table.Size, 4, 1);
                double upper = JacobianModulus.UpperBound(Sigma2, table.Inputs, table.Size);
                double looser = JacobianModulus.LooserUpperBound(Sigma2, table.Inputs, table.Size);
                const double rounding = 1 + 1e-8;
                return lower <= upper * rounding && estimate <= upper * rounding && upper <= looser * rounding && estimate >= lower * (1 - 1e-5);
            },
            iter: 50);

    [Fact]
    public void For_a_single_row_all_of_them_are_the_modulus() =>
        Gen.Double[-2, 2].Array[1, 4].Where(x => x.Any(entry => Math.Abs(entry) > 0.1)).Sample(
            x =>
            {
                double modulus = Sigma2 * x.Sum(entry => entry * entry);
                bool Near(double value, double tolerance) => Math.Abs(value - modulus) <= tolerance * modulus;
                return Near(JacobianModulus.LowerBound(Sigma2, x, x.Length), 1e-12)
                    && Near(JacobianModulus.UpperBound(Sigma2, x, x.Length), 1e-12)
                    && Near(JacobianModulus.LooserUpperBound(Sigma2, x, x.Length), 1e-12)
                    && Near(JacobianModulusEstimate.OfNetwork(Activation.Tanh, x, x.Length, 4, 1), 1e-6);
            },
            iter: 50);

    [Fact]
    public void For_one_input_the_estimate_reaches_the_maximum_over_a_single_weight()
    {
        double[] x = [1, 0.5, -2, 1.3];
        // L^2 is the maximum over w of sum_j sigma''(x_j w)^2 x_j^4.
        double Modulus(double w) => Math.Sqrt(x.Sum(entry =>
        {
            double u = Math.Tanh(entry * w);
            double curvature = -2 * u * (1 - (u * u)) * entry * entry;
            return curvature * curvature;
        }));
        double maximum = Enumerable.Range(0, 50_001).Max(index => Modulus(index * 1e-4));
        double estimate = JacobianModulusEstimate.OfNetwork(Activation.Tanh, x, 1, 10, 1);
        estimate.Should().BeApproximately(maximum, 1e-6 * maximum);
        estimate.Should().BeLessThan(0.999 * JacobianModulus.UpperBound(Sigma2, x, 1));
    }

    [Fact]
    public void Inputs_twice_as_long_make_the_modulus_four_times_as_large() =>
        Tables.Sample(
            table =>
            {
                double[] twice = Array.ConvertAll(table.Inputs, entry => 2 * entry);
                bool Fourfold(Func<double[], double> bound, double tolerance) => Math.Abs(bound(twice) - (4 * bound(table.Inputs))) <= tolerance * bound(twice);
                return Fourfold(x => JacobianModulus.UpperBound(Sigma2, x, table.Size), 1e-12)
                    && Fourfold(x => JacobianModulus.LooserUpperBound(Sigma2, x, table.Size), 1e-12)
                    && Fourfold(x => JacobianModulus.LowerBound(Sigma2, x, table.Size), 1e-15)
                    && Fourfold(x => JacobianModulusEstimate.OfNetwork(Activation.Tanh, x, table.Size, 1, 1), 1e-15);
            },
            iter: 50);

    [Fact]
    public void Inputs_far_from_1_neither_overflow_nor_vanish()
    {
        double[] x = [1, 2, -1, 0.5, 3, 1];
        foreach (double factor in new[] { 1e-120, 1e120 })
        {
            double[] scaled = Array.ConvertAll(x, entry => factor * entry);
            foreach (Func<double[], double> bound in new Func<double[], double>[]
            {
                inputs => JacobianModulus.UpperBound(1, inputs, 2),
                inputs => JacobianModulus.LooserUpperBound(1, inputs, 2),
                inputs => JacobianModulus.LowerBound(1, inputs, 2),
                inputs => JacobianModulusEstimate.OfNetwork(Activation.Tanh, inputs, 2, 1, 1),
            })
            {
                (bound(scaled) / factor / factor).Should().BeApproximately(bound(x), 1e-9 * bound(x));
            }

            (OutputModulus.Exact(1, 3, scaled, 2) / factor).Should().BeApproximately(OutputModulus.Exact(1, 3, x, 2), 1e-12);
            (OutputModulus.PaperBound(1, 3, scaled, 2) / factor).Should().BeApproximately(OutputModulus.PaperBound(1, 3, x, 2), 1e-12);
        }
    }

    [Fact]
    public void Pairs_of_weights_of_any_number_of_units_never_exceed_the_bound_nor_what_one_unit_reaches()
    {
        var random = new Random(3);
        for (int trial = 0; trial < 5; trial++)
        {
            SmallNetwork network = SmallNetwork.Draw(4, 2, 3, random);
            double sampled = JacobianModulusEstimate.FromBelow(network.FlatJacobian, network.Start, 2, 300, trial);
            double estimate = JacobianModulusEstimate.OfNetwork(Activation.Tanh, network.FlatInputs, 2, 20, trial);
            sampled.Should().BePositive().And.BeLessThanOrEqualTo(estimate * (1 + 1e-6));
            estimate.Should().BeLessThanOrEqualTo(JacobianModulus.UpperBound(Sigma2, network.FlatInputs, 2) * (1 + 1e-8));
        }
    }

    [Fact]
    public void Every_pair_of_points_of_a_quadratic_function_gives_its_modulus() =>
        // f(w) = 2 w - 3 w^2/2, so J(w) = 2 - 3 w.
        JacobianModulusEstimate.FromBelow(w => [2 - (3 * w[0])], [0.5], 1, 10, 1).Should().BeApproximately(3, 1e-9);

    [Fact]
    public void A_sample_sees_the_function_inside_the_ball_only()
    {
        double farthest = 0;
        JacobianModulusEstimate.FromBelow(
            w =>
            {
                farthest = Math.Max(farthest, Math.Sqrt(((w[0] - 1) * (w[0] - 1)) + (w[1] * w[1])));
                return [w[0] * w[0], w[1]];
            },
            [1, 0],
            0.25,
            100,
            1);
        farthest.Should().BeInRange(0.2, 0.25 * (1 + 1e-12));
    }

    [Fact]
    public void The_same_seed_gives_the_same_estimate()
    {
        double Estimate(int seed) => JacobianModulusEstimate.FromBelow(w => [Math.Sin(w[0]), w[0] * w[1]], [1, 2], 1, 5, seed);
        Estimate(5).Should().Be(Estimate(5)).And.NotBe(Estimate(6));
        double OfNetwork(int seed) => JacobianModulusEstimate.OfNetwork(Activation.Logistic, [1, 2, -1, 0.5, 3, 1], 2, 1, seed);
        OfNetwork(5).Should().Be(OfNetwork(5)).And.NotBe(OfNetwork(6));
    }

    [Fact]
    public void The_modulus_of_the_outputs_is_the_norm_of_J_where_all_slopes_are_greatest() =>
        Tables.Sample(table =>
        {
            const int hidden = 3;
            double norm = Math.Sqrt(hidden * Greatest(Gram(table)));
            double exact = OutputModulus.Exact(1, hidden, table.Inputs, table.Size);
            double paper = OutputModulus.PaperBound(1, hidden, table.Inputs, table.Size);
            return Math.Abs(exact - norm) <= 1e-12 * norm && exact <= paper * (1 + 1e-12) && exact >= paper / Math.Sqrt(table.Size) * (1 - 1e-12);
        });

    [Fact]
    public void No_Jacobian_is_larger_than_the_modulus_of_the_outputs()
    {
        var random = new Random(4);
        for (int trial = 0; trial < 50; trial++)
        {
            SmallNetwork network = SmallNetwork.Draw(4, 2, 3, random);
            double exact = OutputModulus.Exact(1, 3, network.FlatInputs, 2);
            Norm(network.FlatJacobian(network.Start)).Should().BeLessThan(exact);
            Norm(network.FlatJacobian(new double[6])).Should().BeApproximately(exact, 1e-12 * exact);
        }

        static double Norm(double[] jacobian) => 2 * LinearizationSpectrum.LambdaN(LinearizationSpectrum.GramEigenvalues(jacobian, 6));
    }

    [Fact]
    public void Inputs_that_are_no_table_are_refused_by_name()
    {
        FluentActions.Invoking(() => JacobianModulus.UpperBound(1, [1, 2, 3], 2)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("inputs");
        FluentActions.Invoking(() => JacobianModulus.UpperBound(1, [], 2)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("inputs");
        FluentActions.Invoking(() => JacobianModulus.LowerBound(1, [1, double.NaN], 2)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("inputs");
        FluentActions.Invoking(() => JacobianModulus.LooserUpperBound(1, [1, 2], 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("inputSize");
        FluentActions.Invoking(() => JacobianModulus.UpperBound(-1, [1, 2], 2)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("curvatureBound");
        FluentActions.Invoking(() => OutputModulus.Exact(1, 0, [1, 2], 2)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("hiddenSize");
        FluentActions.Invoking(() => JacobianModulusEstimate.FromBelow(_ => [1, 2, 3], [1, 2], 1, 1, 1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("jacobian");
        FluentActions.Invoking(() => JacobianModulusEstimate.OfNetwork(Activation.Tanh, [1, 2], 2, 0, 1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("starts");
    }
}
