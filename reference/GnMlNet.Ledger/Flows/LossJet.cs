using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Flows;

/// <summary>The loss of one output and its derivative, for a residual that is a function of time.</summary>
internal static class LossJet
{
    internal static (Jet Value, Jet Slope) Of(Loss loss, Jet residual)
    {
        Jet square = residual * residual;
        if (loss is QuadraticLoss) return (loss.Smoothness.Shift(-1) * square, loss.Smoothness * residual);
        // 2 (sqrt(1 + r^2) - 1) + r^2 and 2 r ((1 + r^2)^(-1/2) + 1); sqrt(1 + r^2) = (1 + r^2)(1 + r^2)^(-1/2).
        Jet inverse = JetFunctions.InverseRoot(residual);
        return ((2 * (square.Plus(1) * inverse)).Plus(-2) + square, 2 * (residual * inverse.Plus(1)));
    }
}
