using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Tests.Dynamics;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Objectives;

public class NullifiedNetworkModelTests
{
    [Theory, InlineData(7), InlineData(256), InlineData(300), InlineData(1500)]
    public void Its_value_is_the_formula_and_exactly_zero_at_the_start(int rows)
    {
        var random = new Random(rows);
        RegressionData data = Problems.Table(rows, 3, random, x => x[0]);
        SignedInitialization initial = SignedInitialization.Draw(3, 5, Activation.Tanh, random);
        var model = new NullifiedNetworkModel(data, initial);
        var value = new double[rows];
        model.Value(value);
        value.Should().OnlyContain(at => at == 0);

        double[] w = Problems.RandomVector(15, random);
        model.MoveTo(w);
        model.Value(value);
        int j = 0;
        var network = new NullifiedNetwork(initial, w, 2.5);
        foreach ((double[] x, _, _) in Problems.Rows(data))
        {
            double Unit(ReadOnlySpan<double> weights, int i) => Math.Tanh((weights[3 * i] * x[0]) + (weights[(3 * i) + 1] * x[1]) + (weights[(3 * i) + 2] * x[2]));
            double expected = 0;
            for (int i = 0; i < 5; i++) expected += initial.Signs[i] * (Unit(w, i) - Unit(initial.Weights, i));
            value[j].Should().BeApproximately(expected, 1e-14);
            network.Network.Predict(x).Should().BeApproximately(2.5 * value[j++], 1e-13);
        }
    }

    [Fact]
    public void Its_Jacobian_is_the_derivative_of_its_value() => Gen.Int[0, 1000].Sample(
        seed =>
        {
            NullifiedNetworkModel model = Problems.NullifiedModel(12, 3, seed: seed, activation: seed % 2 == 0 ? Activation.Tanh : Activation.Logistic);
            var random = new Random(seed);
            double[] w = Problems.RandomVector(9, random), v = Problems.RandomVector(9, random), product = new double[12], ahead = new double[12], behind = new double[12];
            const double step = 1e-5;
            model.MoveTo([.. w.Zip(v, (a, b) => a + (step * b))]);
            model.Value(ahead);
            model.MoveTo([.. w.Zip(v, (a, b) => a - (step * b))]);
            model.Value(behind);
            model.MoveTo(w);
            model.Multiply(v, product);
            for (int j = 0; j < 12; j++) product[j].Should().BeApproximately((ahead[j] - behind[j]) / (2 * step), 1e-8);
        },
        iter: 30);

    [Theory, InlineData(40, 4), InlineData(300, 3), InlineData(6, 9)]
    public void Its_Gram_matrix_kernel_and_products_are_those_of_one_matrix(int rows, int hidden)
    {
        NullifiedNetworkModel model = Problems.NullifiedModel(rows, hidden);
        model.MoveTo(Problems.RandomVector(model.ParameterCount, new Random(4)));
        Matrix<double> j = Problems.Jacobian(model);
        SymmetricMatrix gram = new(model.ParameterCount), kernel = new(rows);
        model.Gram(gram);
        model.Kernel(kernel);
        Same(gram, j.TransposeThisAndMultiply(j));
        Same(kernel, j * j.Transpose());

        double[] u = Problems.RandomVector(rows, new Random(5)), product = new double[model.ParameterCount];
        model.MultiplyTransposed(u, product);
        IntegrationOrderTests.Distance(product, j.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(u)).ToArray()).Should().BeLessThan(1e-11);
    }

    [Fact]
    public void Both_initializations_follow_the_paper()
    {
        SignedInitialization plain = SignedInitialization.Draw(4, 2000, Activation.Tanh, new Random(1));
        plain.Signs.ToArray().Should().OnlyContain(sign => sign == 1 || sign == -1);
        Math.Abs(plain.Signs.ToArray().Average()).Should().BeLessThan(4 / Math.Sqrt(2000));
        double[] weights = plain.Weights.ToArray();
        weights.Average().Should().BeApproximately(0, 4 / Math.Sqrt(8000));
        weights.Average(weight => weight * weight).Should().BeApproximately(1, 4 * Math.Sqrt(2.0 / 8000));

        SignedInitialization anti = SignedInitialization.DrawAntiSymmetric(4, 10, Activation.Tanh, new Random(1));
        anti.Weights[..20].ToArray().Should().Equal(anti.Weights[20..].ToArray());
        anti.Signs[..5].ToArray().Should().Equal(anti.Signs[5..].ToArray().Select(sign => -sign));
        Action odd = () => SignedInitialization.DrawAntiSymmetric(4, 9, Activation.Tanh, new Random(1));
        odd.Should().Throw<ArgumentException>().WithMessage("*even number of hidden units, not 9*");
    }

    [Fact]
    public void A_nullified_network_is_recovered_from_the_network_it_is_written_as()
    {
        SignedInitialization initial = SignedInitialization.Draw(3, 4, Activation.Logistic, new Random(2));
        var network = new NullifiedNetwork(initial, Problems.RandomVector(12, new Random(3)), 0.3);
        NullifiedNetwork recovered = NullifiedNetwork.FromNetwork(network.Network, 0.3)!;
        recovered.Weights.ToArray().Should().Equal(network.Weights.ToArray());
        recovered.Initial.Weights.ToArray().Should().Equal(initial.Weights.ToArray());
        recovered.Initial.Signs.ToArray().Should().Equal(initial.Signs.ToArray());
        NullifiedNetwork.FromNetwork(Problems.RandomNetwork(new NetworkShape(3, 4, HasBiases: false), new Random(1)), 0.3).Should().BeNull();
    }

    private static void Same(SymmetricMatrix actual, Matrix<double> expected)
    {
        for (int i = 0; i < actual.Size; i++)
        {
            for (int k = 0; k <= i; k++) actual[i, k].Should().BeApproximately(expected[i, k], 1e-12 * Math.Sqrt(expected[i, i] * expected[k, k]));
        }
    }
}
