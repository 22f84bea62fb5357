using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Minimizers;

/// <summary>theta: the weights of a network in the units of its objective, known up to the rounding of a division.</summary>
public sealed class WeightsInUnits
{
    private WeightsInUnits(ParameterBall ball) => Ball = ball;

    internal ParameterBall Ball { get; }

    /// <summary>Weights that are in these units already.</summary>
    public static WeightsInUnits Exactly(double[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new WeightsInUnits(ParameterBall.Exact(weights));
    }

    internal static WeightsInUnits Within(Dyadic[] weights, Magnitude radius) => new(new ParameterBall(weights, radius));

    /// <summary>The nearest doubles.</summary>
    public double[] ToDoubles() => [.. Ball.Center.Select(weight => weight.ToDouble())];
}
