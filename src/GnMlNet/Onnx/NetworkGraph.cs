using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;

namespace GnMlNet.Onnx;

/// <summary>A network in the graph, and the variance of its value because its parameters are uncertain.</summary>
internal static class NetworkGraph
{
    /// <summary>y(x) = v_0 + sum_i v_i sigma(b_i + w_i . x).</summary>
    /// <param name="network">The network of d inputs.</param>
    /// <param name="inputs">d numbers a row.</param>
    internal static OnnxTensor Value(Network network, OnnxTensor inputs) => Output(network, Activate(network, inputs));

    /// <summary>The value of a member, and its variance where the member keeps it.</summary>
    /// <param name="member">The member of d inputs.</param>
    /// <param name="inputs">d numbers a row.</param>
    internal static MemberTensors Evaluate(NetworkMember member, OnnxTensor inputs)
    {
        OnnxTensor activations = Activate(member.Network, inputs);
        OnnxTensor value = Output(member.Network, activations);
        // The core gives the derivatives to the triangle in single precision.
        return new MemberTensors(value, member.Leverage is null ? null : TriangleGraph.SquaredNorm(Derivatives(member.Network, inputs, activations).As(typeof(float)).As(typeof(double)), member.Leverage.Triangle));
    }

    private static OnnxTensor Activate(Network network, OnnxTensor inputs)
    {
        (int d, int m) = (network.Shape.InputSize, network.Shape.HiddenSize);
        var weights = new double[d * m];
        for (int i = 0; i < m; i++)
        {
            for (int k = 0; k < d; k++) weights[(k * m) + i] = network.HiddenWeights[(i * d) + k];
        }

        OnnxTensor z = inputs.Times(inputs.Graph.Constant(weights, d, m)) + inputs.Graph.Constant(network.HiddenBiases.ToArray(), m);
        return inputs.Graph.Apply(OperatorOf(network.Activation), z);
    }

    private static OnnxTensor Output(Network network, OnnxTensor activations) =>
        activations.Times(activations.Graph.Constant(network.OutputWeights.ToArray(), network.Shape.HiddenSize, 1)) + network.OutputBias;

    /// <summary>The derivatives by the parameters, in the order of <see cref="NetworkShape"/>.</summary>
    private static OnnxTensor Derivatives(Network network, OnnxTensor inputs, OnnxTensor activations)
    {
        NetworkShape shape = network.Shape;
        OnnxTensor one = (inputs.Columns(0, 1) * 0) + 1;
        OnnxTensor slopes = network.Activation == Activation.Tanh ? 1 - activations.Squared : activations * (1 - activations);
        OnnxTensor factors = slopes * inputs.Graph.Constant(network.OutputWeights.ToArray(), shape.HiddenSize);
        OnnxTensor ofUnit = shape.HasBiases ? inputs.Graph.Concatenated([inputs, one]) : inputs;
        OnnxTensor hidden = (factors.WithAxis(2) * ofUnit.WithAxis(1)).Flattened((long)shape.HiddenSize * shape.UnitLength);
        return inputs.Graph.Concatenated(shape.HasBiases ? [hidden, activations, one] : [hidden, activations]);
    }

    private static string OperatorOf(Activation activation) =>
        activation == Activation.Tanh ? "Tanh" : activation == Activation.Logistic ? "Sigmoid" : throw new NotSupportedException($"Networks with the activation {activation} cannot be exported to ONNX; train with the option Activation = {Activation.Tanh} or {Activation.Logistic}.");
}
