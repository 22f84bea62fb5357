using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Instances;

/// <summary>Seeded hidden layers that are not trained.</summary>
internal static class FixedHiddenLayer
{
    /// <summary>
    /// A network of so many units on inputs: hidden weights nearly normal of variance 1; for cosines phases uniform on (0, 2 pi), for the others shifts like the weights. Unit by unit, so that a
    /// wider network with the same seed begins with the same units.
    /// </summary>
    internal static RandomFeatures Draw(Activation activation, RealMatrix inputs, int units, ulong seed, int bits)
    {
        var random = new SplitMix(seed);
        var weights = new RealMatrix(units, inputs.Columns);
        var shifts = new Real[units];
        Real pi = new(Ball.Pi(bits), bits);
        for (int i = 0; i < units; i++)
        {
            for (int k = 0; k < inputs.Columns; k++) weights[i, k] = Real.Exact(random.Normal(), bits);
            shifts[i] = activation == Activation.Cosine ? pi * (1 + Real.Exact(random.Uniform(), bits)) : Real.Exact(random.Normal(), bits);
        }

        return new RandomFeatures(activation, inputs, weights, shifts);
    }
}
