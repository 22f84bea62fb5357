namespace GnMlNet.Core.Dynamics;

/// <summary>The right side of an ordinary differential equation y' = F(y).</summary>
internal abstract class VectorField
{
    /// <summary>The length of y.</summary>
    internal abstract int Dimension { get; }

    /// <summary>Evaluates F.</summary>
    /// <returns>False where F does not exist.</returns>
    internal abstract bool TryEvaluate(ReadOnlySpan<double> y, Span<double> derivative);
}
