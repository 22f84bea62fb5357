namespace GnMlNet.Core.Insight;

/// <summary>Two ways to draw what a prediction does along a column.</summary>
public enum EffectKind
{
    /// <summary>The mean prediction where every row has the same value of the column (Friedman 2001). Simple, but where columns depend on each other it asks the model about rows that cannot be.</summary>
    PartialDependence,

    /// <summary>The accumulated mean changes of the prediction between neighbouring values, each over rows that lie there (Apley and Zhu 2020), so that the model is asked only about rows like those of the table.</summary>
    AccumulatedLocalEffects,
}
