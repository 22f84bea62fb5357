using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Ensembles;

/// <summary>One member of an ensemble, of whatever kind: a function from mapped features to the standardized label. Immutable.</summary>
public abstract class EnsembleMember
{
    private protected EnsembleMember(int map) => Map = map;

    /// <summary>Which of the ensemble's maps gives its inputs, counted from 0.</summary>
    public int Map { get; }

    /// <summary>d, the number of its inputs.</summary>
    public abstract int InputSize { get; }

    /// <summary>Its value.</summary>
    /// <param name="inputs">d numbers.</param>
    internal abstract double Predict(ReadOnlySpan<double> inputs);

    /// <summary>Whether it can tell the variance of its value.</summary>
    internal abstract bool KeepsVariance { get; }

    /// <summary>Its values at some rows, with the bits of <see cref="Predict(ReadOnlySpan{double})"/>, and their variances because its parameters are uncertain; 0 where that is not kept. What a row gets does not depend on the rows beside it.</summary>
    /// <param name="inputs">The rows, one after the other, d numbers each.</param>
    /// <param name="values">Where the values go, one for each row.</param>
    /// <param name="variances">Where the variances go, one for each row.</param>
    internal abstract void Evaluate(ReadOnlySpan<double> inputs, Span<double> values, Span<double> variances);

    /// <summary>The variances of weighted sums of its values at some rows because its parameters are uncertain; only where it can tell.</summary>
    /// <param name="inputs">N rows, one after the other, d numbers each.</param>
    /// <param name="weights">N numbers for each sum.</param>
    /// <param name="work">The threads.</param>
    internal abstract double[] VariancesOfSums(double[] inputs, IReadOnlyList<double[]> weights, WorkSharing work);

    /// <summary>Its values at some rows.</summary>
    /// <param name="inputs">The rows, one after the other, d numbers each.</param>
    /// <param name="values">Where the values go, one for each row.</param>
    private protected void Predict(ReadOnlySpan<double> inputs, Span<double> values)
    {
        for (int j = 0; j < values.Length; j++) values[j] = Predict(inputs.Slice(j * InputSize, InputSize));
    }

    /// <summary>Adds the derivatives of its value by its inputs; at a kink the mean of both sides.</summary>
    /// <param name="inputs">d numbers.</param>
    /// <param name="slopes">Where they are added, d numbers.</param>
    /// <param name="kinks">Where half of what the derivative to the right exceeds that to the left by is added, d numbers; or nothing.</param>
    internal abstract void AddSlopes(ReadOnlySpan<double> inputs, Span<double> slopes, Span<double> kinks = default);
}
