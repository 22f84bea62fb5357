using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Training;

/// <summary>
/// The groups of parameters that share a precision under evidence regularization: the weights of each input column, then the hidden biases,
/// the output weights and the output bias. A group without trained parameters stays empty.
/// </summary>
internal sealed class ParameterGroups
{
    private readonly int[] _groups;
    private readonly int[] _sizes;

    internal ParameterGroups(TrainedParameters trained)
    {
        NetworkShape shape = trained.Shape;
        InputColumns = shape.InputSize;
        _groups = [.. Enumerable.Range(0, trained.Count).Select(i => GroupOf(shape, i))];
        _sizes = new int[InputColumns + 3];
        foreach (int group in _groups) _sizes[group]++;
    }

    /// <summary>d: groups 0 to d - 1 are the input columns.</summary>
    internal int InputColumns { get; }

    internal int HiddenBiases => InputColumns;

    internal int OutputWeights => InputColumns + 1;

    internal int OutputBias => InputColumns + 2;

    /// <summary>How many groups there are, empty ones included.</summary>
    internal int Count => _sizes.Length;

    /// <summary>N_g, the number of parameters in a group.</summary>
    internal int Size(int group) => _sizes[group];

    /// <summary>The group of a parameter.</summary>
    internal int this[int parameter] => _groups[parameter];

    /// <summary>Sums a number for every parameter over each group.</summary>
    internal double[] Sum(Func<int, double> value)
    {
        var sums = new double[Count];
        for (int i = 0; i < _groups.Length; i++) sums[_groups[i]] += value(i);
        return sums;
    }

    private static int GroupOf(NetworkShape shape, int parameter)
    {
        if (parameter < shape.OutputWeight(0)) return parameter % shape.UnitLength;
        return parameter < shape.OutputBias ? shape.InputSize + 1 : shape.InputSize + 2;
    }
}
