namespace GnMlNet.Core.Ensembles;

/// <summary>The derivative of the score by a feature at a row, in units of the label per unit of the feature; or what stands for it where there is none.</summary>
/// <param name="State">Whether there is one.</param>
/// <param name="Left">The derivative toward smaller values of the feature; NaN where the state is neither <see cref="SlopeState.Exists"/> nor <see cref="SlopeState.Kink"/>.</param>
/// <param name="Right">The derivative toward larger values.</param>
public readonly record struct Slope(SlopeState State, double Left, double Right)
{
    // Two sums in different orders of the same numbers differ by less.
    private const double Rounding = 1e-10;

    /// <summary>The derivative; NaN where there is none.</summary>
    public double Value => State == SlopeState.Exists ? Middle : double.NaN;

    /// <summary>The mean of both sides, which at a kink is no derivative; NaN where there are no sides.</summary>
    public double Middle => (Left / 2) + (Right / 2);

    /// <summary>No derivative and no sides.</summary>
    internal static Slope Without(SlopeState state) => new(state, double.NaN, double.NaN);

    /// <summary>That of two sides, which agree or not.</summary>
    /// <param name="left">The derivative toward smaller values.</param>
    /// <param name="right">The derivative toward larger values.</param>
    /// <param name="size">The size of the numbers that the sides were summed from, which tells what is rounding.</param>
    internal static Slope OfSides(double left, double right, double size) =>
        new(Math.Abs(left - right) <= Rounding * size ? SlopeState.Exists : SlopeState.Kink, left, right);
}
