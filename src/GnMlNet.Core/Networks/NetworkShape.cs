namespace GnMlNet.Core.Networks;

/// <summary>
/// The sizes of a one-hidden-layer network and its flattening rule: where each weight sits in the parameter vector theta.
/// <code>
/// theta = [ w_1, b_1 | w_2, b_2 | ... | w_m, b_m | v_1 ... v_m | v_0 ]
/// </code>
/// Unit i contributes its d input weights w_i followed by its bias b_i, so that a bias is the weight of a constant input 1;
/// then come the m output weights v and the output bias v_0. A network without biases leaves out all b and v_0 (the paper's networks have none).
/// </summary>
/// <param name="InputSize">d, the number of features; at least 1.</param>
/// <param name="HiddenSize">m, the number of hidden units; at least 1.</param>
/// <param name="HasBiases">Whether the hidden units and the output have a bias.</param>
public readonly record struct NetworkShape(int InputSize, int HiddenSize, bool HasBiases = true)
{
    /// <summary>The number of parameters, m (d + 2) + 1 with biases and m (d + 1) without, as a long because it can exceed an array's length.</summary>
    public long ParameterCount => (HiddenSize * (UnitLength + 1L)) + BiasLength;

    /// <summary>The length of one unit's block: its d input weights and its bias, if there is one.</summary>
    public int UnitLength => InputSize + BiasLength;

    /// <summary>The index of the weight from input <paramref name="input"/> to unit <paramref name="unit"/>.</summary>
    public int HiddenWeight(int unit, int input) => (unit * UnitLength) + input;

    /// <summary>The index of the bias of unit <paramref name="unit"/>, in a network with biases.</summary>
    public int HiddenBias(int unit) => (unit * UnitLength) + InputSize;

    /// <summary>The index of the output weight of unit <paramref name="unit"/>.</summary>
    public int OutputWeight(int unit) => (HiddenSize * UnitLength) + unit;

    /// <summary>The index of the output bias, in a network with biases: the last parameter.</summary>
    public int OutputBias => OutputWeight(HiddenSize);

    /// <summary>Whether parameter <paramref name="index"/> is a bias, which the penalty leaves out.</summary>
    public bool IsBias(int index) =>
        HasBiases && (index < HiddenSize * UnitLength ? index % UnitLength == InputSize : index == OutputBias);

    private int BiasLength => HasBiases ? 1 : 0;

    /// <summary>Throws when a size is not positive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(InputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenSize, 1);
    }
}
