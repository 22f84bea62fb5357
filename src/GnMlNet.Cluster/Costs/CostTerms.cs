namespace GnMlNet.Cluster.Costs;

/// <summary>Seconds by what they go to.</summary>
/// <param name="Passing">Passes over rows on the busiest silo, its own sums among them.</param>
/// <param name="Sending">Bytes on the coordinator's wire.</param>
/// <param name="Calling">Waiting for answers of silos, and handling them.</param>
/// <param name="Solving">Factorizations.</param>
public readonly record struct CostTerms(double Passing, double Sending, double Calling, double Solving)
{
    /// <summary>All of them.</summary>
    public double Seconds => Passing + Sending + Calling + Solving;

    /// <summary>Term by term.</summary>
    public static CostTerms operator +(CostTerms left, CostTerms right) =>
        new(left.Passing + right.Passing, left.Sending + right.Sending, left.Calling + right.Calling, left.Solving + right.Solving);

    /// <summary>Term by term.</summary>
    public static CostTerms operator *(double factor, CostTerms terms) => new(factor * terms.Passing, factor * terms.Sending, factor * terms.Calling, factor * terms.Solving);
}
