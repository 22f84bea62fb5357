namespace GnMlNet.Reference.Networks;

/// <summary>
/// The numbers of one evaluation: rows with their constant input, as doubles that are taken to be exact, and the weights of every network within a distance of exact ones.
/// The layout is this project's own.
/// </summary>
/// <param name="Inputs">n x e, row by row; e is d, and one more where a constant input 1 carries the hidden biases.</param>
/// <param name="RowCount">n.</param>
/// <param name="HiddenWeights">m x e, unit by unit.</param>
/// <param name="HiddenRadius">How far the hidden weights may be from these, in the Euclidean norm.</param>
/// <param name="OutputWeights">v, m numbers; the signs c in the paper.</param>
/// <param name="OutputBias">v_0.</param>
/// <param name="OutputRadius">How far output weights and bias together may be from these.</param>
/// <param name="Layout">Which of them are trained, and where they stand in a step.</param>
/// <param name="Activation">sigma.</param>
internal sealed record Layer(
    double[] Inputs, int RowCount, Dyadic[] HiddenWeights, Magnitude HiddenRadius, Dyadic[] OutputWeights, Dyadic OutputBias, Magnitude OutputRadius, ParameterLayout Layout, Sigmoid Activation)
{
    internal int InputCount => Layout.UnitSize;

    internal int Units => Layout.Units;

    internal bool IsLogistic => Activation == Sigmoid.Logistic;

    /// <summary>At least |x_j|.</summary>
    internal Magnitude InputNorm(int row) => Norms.Euclidean(Inputs.AsSpan(row * InputCount, InputCount).ToArray().Select(Magnitude.Of));

    /// <summary>At least every |v_i| that is possible.</summary>
    internal Magnitude GreatestOutputWeight => OutputWeights.Select(Magnitude.Of).Aggregate(Magnitude.Max) + OutputRadius;
}
