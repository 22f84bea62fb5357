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

    /// <summary>The variance of its value because its parameters are uncertain; 0 where that is not kept.</summary>
    /// <param name="inputs">d numbers.</param>
    internal abstract double Variance(ReadOnlySpan<double> inputs);

    /// <summary>Adds the derivatives of its value by its inputs.</summary>
    /// <param name="inputs">d numbers.</param>
    /// <param name="slopes">Where they are added, d numbers.</param>
    internal abstract void AddSlopes(ReadOnlySpan<double> inputs, Span<double> slopes);
}
