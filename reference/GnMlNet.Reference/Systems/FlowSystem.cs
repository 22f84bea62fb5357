using GnMlNet.Balls;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Numbers;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Systems;

/// <summary>
/// The equations of the paper's direction at a point, H d = J^T grad g(alpha f(w)) with H = (1 - rho) J^T J + rho I, f(w) = phi(w) - phi(w_init) and the loss
/// g(psi) = sum_j w_j (psi_j - y_j)^2, everything enclosed.
/// </summary>
internal sealed class FlowSystem
{
    private readonly RecordedRun _run;
    private readonly ExactKernels _kernels;
    private readonly double[] _inputs;
    private readonly double[] _weights;
    private readonly Dyadic[] _targets;
    private readonly Dyadic[] _signs;
    private readonly Dictionary<int, OutputEnclosure> _initial = [];

    internal FlowSystem(RecordedRun run, ExactKernels kernels)
    {
        (_run, _kernels) = (run, kernels);
        _inputs = [.. run.Rows.SelectMany(row => row.X)];
        _weights = [.. run.Rows.Select(row => row.Weight)];
        _targets = [.. run.Rows.Select(row => Dyadic.FromDouble(row.Y))];
        _signs = [.. run.Signs.Select(Dyadic.FromDouble)];
    }

    /// <summary>Outputs, loss and gradient J^T grad g at a point.</summary>
    internal EnclosedPoint Evaluate(ParameterBall weights, int fractionBits)
    {
        Layer layer = LayerOf(weights);
        ActivationEnclosure activations = ActivationEnclosure.Of(layer, fractionBits, _kernels);
        if (!_initial.TryGetValue(fractionBits, out OutputEnclosure? start))
        {
            Layer initial = LayerOf(ParameterBall.Exact(_run.InitialWeights));
            start = OutputEnclosure.Of(initial, ActivationEnclosure.Of(initial, fractionBits, _kernels));
            _initial[fractionBits] = start;
        }

        OutputEnclosure phi = OutputEnclosure.Of(layer, activations);
        var outputs = new OutputEnclosure([.. phi.Values.Zip(start.Values, (now, then) => now - then)], phi.Error + start.Error);
        JacobianEnclosure jacobian = JacobianEnclosure.Of(layer, activations, withOutputLayer: false, withOutputBias: false, fractionBits);
        Dyadic alpha = Dyadic.FromDouble(_run.ScalingFactor);
        Magnitude residualError = Magnitude.Of(alpha) * outputs.Error;
        Dyadic[] residuals = [.. outputs.Values.Zip(_targets, (f, y) => (alpha * f) - y)];
        (Dyadic loss, Magnitude lossError) = WeightedSquares.Of(_weights, residuals, residualError);
        // grad g = 2 W r.
        (Dyadic[] gradient, Magnitude[] errors) = WeightedGradient.Of(jacobian, _weights, [.. residuals.Select(residual => residual << 1)], residualError << 1);
        return new EnclosedPoint(weights, layer, activations, outputs, jacobian, residuals, residualError, loss, lossError, gradient, errors);
    }

    /// <summary>The equations of the direction at a point.</summary>
    internal EnclosedSystem Equations(EnclosedPoint point)
    {
        Dyadic rho = Dyadic.FromDouble(_run.Damping), rest = Dyadic.One - rho;
        if (point.Jacobian.Values.Columns > point.Jacobian.Values.Rows) return new DualSystem(point.Jacobian, rest, rho, point.Gradient, point.GradientErrors);

        double[] ones = [.. _weights.Select(_ => 1.0)];
        (ScaledIntegers gram, Magnitude[] errors) = GramEnclosure.Of(point.Jacobian, ones, _kernels);
        return new PrimalSystem(
            gram.Times(rest).PlusDiagonal([.. Enumerable.Repeat(rho, gram.Rows)]), Norms.Euclidean(errors) * Magnitude.Of(rest), point.Gradient, point.GradientErrors, rho);
    }

    /// <summary>H d = b with H = (1 - rho) J^T J + rho I and b = sum_j 2 w_j (alpha f_j - y_j) J_j.</summary>
    internal StepCoefficients Coefficients() => new(
        _weights,
        GradientFactor: 2,
        GramFactor: Dyadic.FromDouble(_run.ScalingFactor) << 1,
        [.. _weights.Select(_ => 1.0)],
        Dyadic.One - Dyadic.FromDouble(_run.Damping),
        new Dyadic[_run.InitialWeights.Length],
        WithOutputLayer: false);

    private Layer LayerOf(ParameterBall weights) =>
        new(_inputs, _run.Rows.Count, weights.Center, weights.Radius, _signs, Dyadic.Zero, OutputRadius: Magnitude.Zero, _run.Activation == "Logistic");
}
