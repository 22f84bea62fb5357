using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Dynamics;

/// <summary>
/// The Gauss-Newton flow of the paper (equation (1)) with the energy that it dissipates:
/// <code>
/// w' = -(1/alpha) H_rho^-1 J^T grad g(alpha f(w)),   H_rho = (1 - rho) J^T J + rho I
/// e' = -|grad g|_M^2,   M = J H_rho^-1 J^T
/// </code>
/// rho = 0 is Gauss-Newton, rho = 1 plain gradient descent, between them Levenberg-Marquardt.
/// By (GF-O) alpha f moves with -M grad g, so along the exact flow e - g(alpha f(w)) is constant: the energy-dissipation identity, (EDI-u) for rho = 0.
/// With e integrated beside w, what an integrator makes of that difference is the identity's defect.
/// </summary>
internal sealed class GaussNewtonFlow
{
    private readonly double _scale;
    private readonly double _damping;
    private readonly bool _allowRankLoss;
    private readonly DampedSystem? _system;
    private readonly double[] _outputs;
    private readonly double[] _parameterGradient;

    /// <param name="model">f.</param>
    /// <param name="loss">g.</param>
    /// <param name="scale">alpha.</param>
    /// <param name="damping">rho; with 1 there is nothing to solve.</param>
    /// <param name="form">How H is inverted.</param>
    /// <param name="allowRankLoss">Whether the primal form goes on with the pseudoinverse of H where H is rank-deficient.</param>
    internal GaussNewtonFlow(DifferentiableModel model, Loss loss, double scale, double damping, StepForm form, bool allowRankLoss = false)
    {
        (Model, Loss, _scale, _damping, _allowRankLoss) = (model, loss, scale, damping, allowRankLoss);
        _system = form switch
        {
            _ when damping == 1 => null,
            StepForm.Primal => new NormalSystem(model, 1 - damping),
            StepForm.Dual => new KernelSystem(model, 1 - damping),
            _ => new ConjugateGradientSystem(model, 1 - damping),
        };
        _outputs = new double[model.OutputCount];
        _parameterGradient = new double[model.ParameterCount];
        OutputGradient = new double[model.OutputCount];
        Direction = new double[model.ParameterCount];
    }

    internal DifferentiableModel Model { get; }

    internal Loss Loss { get; }

    /// <summary>Whether H had full rank to working precision at the point evaluated last.</summary>
    internal bool HasFullRank { get; private set; } = true;

    /// <summary>The length of y: w, then e.</summary>
    internal int Dimension => Model.ParameterCount + 1;

    /// <summary>g(alpha f(w)) at the point evaluated last.</summary>
    internal double LossValue { get; private set; }

    /// <summary>grad g(alpha f(w)), n numbers.</summary>
    internal double[] OutputGradient { get; }

    /// <summary>H_rho^-1 J^T grad g, p numbers.</summary>
    internal double[] Direction { get; }

    /// <summary>|grad g|_M^2 = grad g . J H_rho^-1 J^T grad g, at least 0; for rho = 0 the square of the Riemannian gradient P grad g.</summary>
    internal double Dissipation { get; private set; }

    /// <summary>The right side of y' = F(y), y = (w, e).</summary>
    /// <returns>False where it does not exist.</returns>
    internal bool TryEvaluate(ReadOnlySpan<double> y, Span<double> derivative)
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
    /// <returns>False where H is rank-deficient to working precision; then only the first two mean anything.</returns>
    internal bool TryEvaluate(ReadOnlySpan<double> parameters)
    {
        EvaluateLoss(parameters);
        Loss.Gradient(_outputs, OutputGradient);
        if (!TryPrecondition(OutputGradient)) return false;

        Dissipation = Math.Max(0, Vectors.Dot(_parameterGradient, Direction));
        return true;
    }

    /// <summary>Sets <see cref="Direction"/> to H_rho^-1 J^T u at the model's point.</summary>
    /// <param name="u">n numbers.</param>
    /// <returns>False where there is none, because H is rank-deficient to working precision.</returns>
    internal bool TryPrecondition(ReadOnlySpan<double> u)
    {
        Model.MultiplyTransposed(u, _parameterGradient);
        if (_system is null)
        {
            _parameterGradient.CopyTo(Direction, 0);
            return true;
        }

        _system.Assemble([]);
        _system.SetRightSide(u, [], _parameterGradient);
        HasFullRank = _system.TrySolve(_damping, [], Direction) && _system.HasFullRank;
        if (HasFullRank) return true;
        if (!_allowRankLoss || _system is not NormalSystem normal) return false;

        normal.SolveByPseudoinverse(_damping, Direction);
        return true;
    }
}
