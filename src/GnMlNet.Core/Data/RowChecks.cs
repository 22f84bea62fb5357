using System.Numerics;

namespace GnMlNet.Core.Data;

/// <summary>What a row of a table must be.</summary>
internal static class RowChecks
{
    /// <summary>Throws where a row is not one of a table.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="inputSize">How many there must be.</param>
    /// <param name="label">Its label.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="row">Its number, for the message.</param>
    /// <exception cref="ArgumentException">The number of features is wrong, a number is not finite, or the weight is not positive.</exception>
    internal static void Check<T>(ReadOnlySpan<T> features, int inputSize, double label, double weight, long row)
        where T : struct, INumberBase<T>
    {
        if (features.Length != inputSize)
            throw new ArgumentException($"Every row has {inputSize} features; this one has {features.Length}.", nameof(features));
        for (int k = 0; k < features.Length; k++)
        {
            if (!T.IsFinite(features[k]))
                throw new ArgumentException($"Feature {k} of row {row} is {features[k]}; features must be finite.", nameof(features));
        }

        if (!double.IsFinite(label))
            throw new ArgumentException($"The label of row {row} is {label}; labels must be finite.", nameof(label));
        if (!double.IsFinite(weight) || weight <= 0)
            throw new ArgumentException($"The weight of row {row} is {weight}; weights must be finite and positive.", nameof(weight));
    }
}
