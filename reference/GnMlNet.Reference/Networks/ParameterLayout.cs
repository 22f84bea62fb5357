namespace GnMlNet.Reference.Networks;

/// <summary>Where each weight stands in theta: the input weights of hidden units one unit after the other, each with its bias behind them, then output weights and output bias.</summary>
/// <param name="Inputs">d.</param>
/// <param name="Units">m.</param>
/// <param name="HasBiases">Whether hidden units and output have biases.</param>
/// <param name="TrainsOutputLayer">Whether output weights and bias are trained; if not, the hidden ones are.</param>
internal sealed record ParameterLayout(int Inputs, int Units, bool HasBiases, bool TrainsOutputLayer)
{
    /// <summary>e: d, and one more for the bias, whose input is constantly 1.</summary>
    internal int UnitSize => Inputs + (HasBiases ? 1 : 0);

    /// <summary>m e. Sizes that a file names may be beyond what an array holds.</summary>
    internal long HiddenCount => (long)Units * UnitSize;

    /// <summary>All parameters of the network.</summary>
    internal long TotalCount => HiddenCount + Units + (HasBiases ? 1 : 0);

    /// <summary>p, the length of a step.</summary>
    internal long TrainedCount => TrainsOutputLayer ? TotalCount : HiddenCount;

    /// <summary>The place of the weight of an input of a unit.</summary>
    internal int Hidden(int unit, int input) => (unit * UnitSize) + input;

    /// <summary>The place of the output weight of a unit.</summary>
    internal int Output(int unit) => (int)HiddenCount + unit;

    /// <summary>The place of the output bias.</summary>
    internal int OutputBias => (int)HiddenCount + Units;

    internal bool IsBias(int index) => HasBiases && (index < HiddenCount ? index % UnitSize == Inputs : index == OutputBias);

    /// <summary>The group of parameters that evidence gives one precision: an input column, the hidden biases, the output weights or the output bias.</summary>
    internal int PenaltyGroup(int index)
    {
        if (index < HiddenCount) return index % UnitSize;
        return index < OutputBias ? Inputs + 1 : Inputs + 2;
    }
}
