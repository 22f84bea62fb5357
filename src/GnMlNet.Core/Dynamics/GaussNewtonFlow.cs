using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Dynamics;

/// <summary>
/// The Gauss-Newton flow of the paper (equation (1)) with the energy that it dissipates:
/// <code>
/// w' = -(1/alpha) H_rho^-1 J^T grad g(alpha f(w))
/// e' = -|grad g|_M^2,   M = J H_rho^-1 J^T
/// </code>
/// By (GF-O) alpha f moves with -M grad g, so along the exact flow e - g(alpha f(w)) is constant: the energy-dissipation identity, (EDI-u) for rho = 0.
/// With e integrated beside w, what an integrator makes of that difference is the identity's defect.
/// </summary>
internal sealed class GaussNewtonFlow : VectorField
{
    private readonly double _scale;
    private readonly Preconditioner _preconditioner;
    private readonly double[] _outputs;
    private readonly double[] _parameterGradient;

    internal GaussNewtonFlow(DifferentiableModel model, Loss loss, double scale, double damping, StepForm form, bool allowRankLoss = false)
    {
        (Model, Loss, _scale) = (model, loss, scale);
        _preconditioner = Preconditioner.Create(model, damping, form, allowRankLoss);
        _outputs = new double[model.OutputCount];
        _parameterGradient = new double[model.ParameterCount];
        OutputGradient = new double[model.OutputCount];
        Direction = new double[model.ParameterCount];
    }

    internal DifferentiableModel Model { get; }

    internal Loss Loss { get; }

    /// <summary>Whether H had full rank to working precision at the point evaluated last.</summary>
    internal bool HasFullRank => _preconditioner.HasFullRank;

    /// <summary>w, then e.</summary>
    internal override int Dimension => Model.ParameterCount + 1;

    /// <summary>g(alpha f(w)) at the point evaluated last.</summary>
    internal double LossValue { get; private set; }

    /// <summary>grad g(alpha f(w)), n numbers.</summary>
    internal double[] OutputGradient { get; }

    /// <summary>H_rho^-1 J^T grad g, p numbers.</summary>
    internal double[] Direction { get; }

    /// <summary>|grad g|_M^2 = grad g . J H_rho^-1 J^T grad g, at least 0; for rho = 0 the square of the Riemannian gradient P grad g.</summary>
    internal double Dissipation { get; private set; }

    internal override bool TryEvaluate(ReadOnlySpan<double> y, Span<double> derivative)
    {
        if (!TryEvaluate(y[..Model.ParameterCount])) return false;

        for (int i = 0; i < Direction.Length; i++) derivative[i] = -Direction[i] / _scale;
        derivative[^1] = -Dissipation;
        return true;
    }

    /// <summary>Sets <see cref="LossValue"/> alone.</summary>
    internal void EvaluateLoss(ReadOnlySpan<double> parameters)
    {
        Model.MoveTo(parameters);
        Model.Value(_outputs);
        for (int j = 0; j < _outputs.Length; j++) _outputs[j] *= _scale;
        LossValue = Loss.Value(_outputs);
    }

    /// <summary>Sets <see cref="LossValue"/>, <see cref="OutputGradient"/>, <see cref="Direction"/> and <see cref="Dissipation"/>.</summary>
    /// <returns>False where H is rank-deficient to working precision; then only the first two are set.</returns>
    internal bool TryEvaluate(ReadOnlySpan<double> parameters)
    {
        EvaluateLoss(parameters);
        Loss.Gradient(_outputs, OutputGradient);
        Model.MultiplyTransposed(OutputGradient, _parameterGradient);
        if (!_preconditioner.TryApply(OutputGradient, _parameterGradient, Direction)) return false;

        Dissipation = Math.Max(0, Vectors.Dot(_parameterGradient, Direction));
        return true;
    }
}
