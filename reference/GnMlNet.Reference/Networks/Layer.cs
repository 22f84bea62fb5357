namespace GnMlNet.Reference.Networks;

/// <summary>
/// The numbers of one evaluation, as doubles that are taken to be exact: rows with their constant input, hidden weights with their biases, output weights.
/// The layout is this project's own.
/// </summary>
/// <param name="Inputs">n x e, row by row; e is d, and one more where a constant input 1 carries the hidden biases.</param>
/// <param name="RowCount">n.</param>
/// <param name="HiddenWeights">m x e, unit by unit.</param>
/// <param name="OutputWeights">v, m numbers; the signs c in the paper.</param>
/// <param name="OutputBias">v_0.</param>
/// <param name="IsLogistic">Whether the activation is the logistic function instead of tanh.</param>
internal sealed record Layer(double[] Inputs, int RowCount, double[] HiddenWeights, double[] OutputWeights, double OutputBias, bool IsLogistic)
{
    internal int InputCount => Inputs.Length / RowCount;

    internal int Units => OutputWeights.Length;
}
