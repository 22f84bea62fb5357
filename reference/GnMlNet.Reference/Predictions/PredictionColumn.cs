namespace GnMlNet.Reference.Predictions;

/// <summary>A column that a model writes.</summary>
public enum PredictionColumn
{
    /// <summary>The prediction.</summary>
    Score,

    /// <summary>The lower end of its interval.</summary>
    Lower,

    /// <summary>The upper end.</summary>
    Upper,

    /// <summary>The error to expect.</summary>
    StandardDeviation,
}
