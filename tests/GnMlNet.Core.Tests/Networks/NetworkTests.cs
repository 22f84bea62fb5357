using CsCheck;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Tests.Networks;

public class NetworkTests
{
    private static readonly Gen<NetworkShape> Shapes = Gen.Select(Gen.Int[1, 7], Gen.Int[1, 9], (inputs, hidden) => new NetworkShape(inputs, hidden));

    [Fact]
    public void The_flattening_rule_gives_every_parameter_one_place() => Shapes.Sample(shape =>
    {
        var places = new List<int> { shape.OutputBias };
        for (int i = 0; i < shape.HiddenSize; i++)
        {
            places.Add(shape.HiddenBias(i));
            places.Add(shape.OutputWeight(i));
            for (int k = 0; k < shape.InputSize; k++) places.Add(shape.HiddenWeight(i, k));
        }

        places.Order().Should().Equal(Enumerable.Range(0, (int)shape.ParameterCount));
        Enumerable.Range(0, (int)shape.ParameterCount).Count(shape.IsBias).Should().Be(shape.HiddenSize + 1);
    });

    [Fact]
    public void A_prediction_is_the_formula_of_the_network() => Gen.Select(Shapes, Gen.Int).Sample((shape, seed) =>
    {
        var random = new Random(seed);
        Network network = Problems.RandomNetwork(shape, random, Activation.Logistic);
        double[] x = Problems.RandomVector(shape.InputSize, random, 3);

        double expected = network.OutputBias;
        for (int i = 0; i < shape.HiddenSize; i++)
        {
            double z = network.HiddenBiases[i];
            for (int k = 0; k < shape.InputSize; k++) z += network.HiddenWeights[(i * shape.InputSize) + k] * x[k];
            expected += network.OutputWeights[i] / (1 + Math.Exp(-z));
        }

        network.Predict(x).Should().BeApproximately(expected, 1e-13);
    });

    [Fact]
    public void Single_and_double_precision_features_of_equal_value_give_the_same_bits() => Gen.Select(Shapes, Gen.Int).Sample((shape, seed) =>
    {
        var random = new Random(seed);
        Network network = Problems.RandomNetwork(shape, random);
        float[] x = [.. Problems.RandomVector(shape.InputSize, random).Select(value => (float)value)];
        network.Predict(x).Should().Be(network.Predict([.. x.Select(value => (double)value)]));
    });

    [Fact]
    public void A_missing_feature_gives_a_missing_prediction() =>
        Problems.RandomNetwork(new NetworkShape(2, 3), new Random(1)).Predict([1.0, double.NaN]).Should().Be(double.NaN);

    [Fact]
    public void A_wrong_number_of_features_or_parameters_is_refused_with_both_numbers()
    {
        var shape = new NetworkShape(2, 3);
        Network network = Problems.RandomNetwork(shape, new Random(1));
        network.Invoking(n => n.Predict([1.0])).Should().Throw<ArgumentException>().WithMessage("*2 features, not 1*");
        FluentActions.Invoking(() => new Network(shape, Activation.Tanh, new double[5])).Should().Throw<ArgumentException>().WithMessage("*13 parameters, not 5*");
        FluentActions.Invoking(() => new Network(new NetworkShape(1, 1), Activation.Tanh, [1, 2, double.NaN, 4]))
            .Should().Throw<ArgumentException>().WithMessage("*finite*");
    }

    [Fact]
    public void Initial_parameters_depend_on_the_seed_alone_and_keep_their_bounds() => Gen.Select(Shapes, Gen.Int).Sample((shape, seed) =>
    {
        double[] first = Initialization.Draw(shape, new Random(seed));
        first.Should().Equal(Initialization.Draw(shape, new Random(seed)));
        for (int i = 0; i < shape.HiddenSize; i++)
        {
            Math.Abs(first[shape.HiddenBias(i)]).Should().BeLessThanOrEqualTo(Math.Sqrt(6.0 / (shape.InputSize + shape.HiddenSize)));
            Math.Abs(first[shape.OutputWeight(i)]).Should().BeLessThanOrEqualTo(Math.Sqrt(6.0 / (shape.HiddenSize + 1)));
        }
    });
}
