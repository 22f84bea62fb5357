using GnMlNet.Balls;

namespace GnMlNet.Ledger.Models;

/// <summary>The numbers of a trained network and of rows, taken to be exact: output v_0 + sum_i v_i sigma(b_i + w_i . x).</summary>
/// <param name="IsLogistic">Whether the activation is the logistic function instead of tanh.</param>
/// <param name="Inputs">n rows of d numbers.</param>
/// <param name="Targets">n numbers.</param>
/// <param name="HiddenWeights">m rows of d numbers.</param>
/// <param name="HiddenBiases">b, m numbers, or none.</param>
/// <param name="OutputWeights">v, m numbers.</param>
/// <param name="OutputBias">v_0, or null.</param>
public sealed record TrainedModel(
    bool IsLogistic,
    IReadOnlyList<Dyadic[]> Inputs,
    IReadOnlyList<Dyadic> Targets,
    IReadOnlyList<Dyadic[]> HiddenWeights,
    IReadOnlyList<Dyadic> HiddenBiases,
    IReadOnlyList<Dyadic> OutputWeights,
    Dyadic? OutputBias)
{
    /// <summary>Whether it is a network of the paper: no biases, and output weights of 1 or -1.</summary>
    public bool IsOfThePaper => HiddenBiases.Count == 0 && OutputBias is null && OutputWeights.All(weight => weight.Abs() == Dyadic.One);
}
