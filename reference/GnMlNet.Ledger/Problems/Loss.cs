namespace GnMlNet.Ledger.Problems;

/// <summary>g, a sum over the outputs of one function of the residual; its minimum over R^n is 0, at the targets.</summary>
/// <param name="targets">y, n numbers.</param>
internal abstract class Loss(Real[] targets)
{
    /// <summary>y, which is also f*.</summary>
    internal Real[] Targets => targets;

    /// <summary>nu.</summary>
    internal abstract Real StrongConvexity { get; }

    /// <summary>mu.</summary>
    internal abstract Real Smoothness { get; }

    /// <summary>sup |grad g| where g is at most a level: docs/ledger-methods.md, "The greatest gradient".</summary>
    internal abstract Real GreatestGradient(Real level);

    /// <summary>g(psi).</summary>
    internal Real Value(Real[] outputs)
    {
        Real sum = 0;
        for (int j = 0; j < outputs.Length; j++) sum += ValueOf(outputs[j] - targets[j]);
        return sum;
    }

    /// <summary>The gradient of g.</summary>
    internal Real[] Gradient(Real[] outputs) => [.. outputs.Zip(targets, (psi, y) => SlopeOf(psi - y))];

    /// <summary>The diagonal of the Hessian of g.</summary>
    internal Real[] Curvatures(Real[] outputs) => [.. outputs.Zip(targets, (psi, y) => CurvatureOf(psi - y))];

    private protected abstract Real ValueOf(Real residual);

    private protected abstract Real SlopeOf(Real residual);

    private protected abstract Real CurvatureOf(Real residual);
}
