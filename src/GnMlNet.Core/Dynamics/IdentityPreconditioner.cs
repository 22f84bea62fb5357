using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Dynamics;

/// <summary>rho = 1: H = I, plain gradient descent.</summary>
internal sealed class IdentityPreconditioner(DifferentiableModel model) : Preconditioner(model, damping: 1)
{
    internal override bool TryApply(ReadOnlySpan<double> outputVector, ReadOnlySpan<double> parameterVector, Span<double> direction)
    {
        parameterVector.CopyTo(direction);
        return true;
    }
}
