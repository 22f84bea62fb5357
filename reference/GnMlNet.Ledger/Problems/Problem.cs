namespace GnMlNet.Ledger.Problems;

/// <summary>An instance at a precision: f(w) = phi(w) - phi(w_init) and the objective g(alpha f(w)).</summary>
internal sealed class Problem
{
    private readonly Real[] _initialOutputs;

    /// <param name="network">phi.</param>
    /// <param name="initialWeights">w_init, p numbers.</param>
    /// <param name="loss">g.</param>
    /// <param name="bits">The precision.</param>
    internal Problem(Network network, Real[] initialWeights, Loss loss, int bits)
    {
        (Network, InitialWeights, Loss, Bits) = (network, initialWeights, loss, bits);
        _initialOutputs = network.Outputs(initialWeights);
    }

    internal Network Network { get; }

    internal Real[] InitialWeights { get; }

    internal Loss Loss { get; }

    internal int Bits { get; }

    internal bool IsOverparameterized => Network.Parameters >= Network.Rows;

    /// <summary>g(0), which is Delta_0 where the best value is taken over R^n.</summary>
    internal Real InitialLoss => Loss.Value(new Real[Network.Rows]);

    /// <summary>f(w).</summary>
    internal Real[] Outputs(Real[] weights) => RealVectors.Subtract(Network.Outputs(weights), _initialOutputs);

    /// <summary>alpha f(w).</summary>
    internal Real[] ScaledOutputs(Real[] weights, Real alpha) => RealVectors.Scale(alpha, Outputs(weights));

    /// <summary>g(alpha f(w)).</summary>
    internal Real Objective(Real[] weights, Real alpha) => Loss.Value(ScaledOutputs(weights, alpha));

    /// <summary>|w - w_init|.</summary>
    internal Real Displacement(Real[] weights) => RealVectors.Norm(RealVectors.Subtract(weights, InitialWeights));
}
