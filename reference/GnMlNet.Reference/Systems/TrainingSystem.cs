using GnMlNet.Balls;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Numbers;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Systems;

/// <summary>
/// The equations of a step of training at an iterate, (A + mu D) s = -g, with everything that goes into them enclosed:
/// <code>
/// E(theta) = sum_j w_j r_j^2 + theta^T Lambda theta,   r_j = f(x_j) - y_j
/// g = J^T W r + Lambda theta,   A = J_sub^T W J_sub / w_sub + Lambda
/// </code>
/// Lambda is a diagonal: the penalties of the step, or one for all parameters but the biases, which have none. A comes from the rows that the run took it from, w_sub
/// being the sum of their weights where they are not all rows (the run counts all rows together as 1). To stay within exact numbers both sides are multiplied by w_sub.
/// </summary>
internal sealed class TrainingSystem
{
    private readonly RecordedRun _run;
    private readonly ExactKernels _kernels;
    private readonly double[] _inputs;
    private readonly double[] _weights;
    private readonly Dyadic[] _targets;

    internal TrainingSystem(RecordedRun run, ExactKernels kernels)
    {
        (_run, _kernels) = (run, kernels);
        int e = run.Inputs + (run.Biases ? 1 : 0);
        _inputs = [.. run.Rows.SelectMany(row => run.Biases ? [.. row.X, 1.0] : row.X)];
        _weights = [.. run.Rows.Select(row => row.Weight)];
        _targets = [.. run.Rows.Select(row => Dyadic.FromDouble(row.Y))];
        HiddenCount = run.HiddenUnits * e;
    }

    internal int HiddenCount { get; }

    internal int TrainedCount => _run.TrainsOutputLayer ? HiddenCount + _run.HiddenUnits + (_run.Biases ? 1 : 0) : HiddenCount;

    /// <summary>Outputs, loss and gradient at a point, without penalty.</summary>
    internal EnclosedPoint Evaluate(ParameterBall parameters, int fractionBits)
    {
        Dyadic[] theta = parameters.Center;
        var layer = new Layer(
            _inputs,
            _run.Rows.Count,
            theta[..HiddenCount],
            parameters.Radius,
            theta[HiddenCount..(HiddenCount + _run.HiddenUnits)],
            _run.Biases ? theta[^1] : Dyadic.Zero,
            _run.TrainsOutputLayer ? parameters.Radius : Magnitude.Zero,
            _run.Activation == "Logistic");
        ActivationEnclosure activations = ActivationEnclosure.Of(layer, fractionBits, _kernels);
        OutputEnclosure outputs = OutputEnclosure.Of(layer, activations);
        JacobianEnclosure jacobian = JacobianEnclosure.Of(layer, activations, _run.TrainsOutputLayer, _run.TrainsOutputLayer && _run.Biases, fractionBits);
        Dyadic[] residuals = [.. outputs.Values.Zip(_targets, (f, y) => f - y)];
        (Dyadic loss, Magnitude lossError) = WeightedSquares.Of(_weights, residuals, outputs.Error);
        (Dyadic[] gradient, Magnitude[] gradientErrors) = WeightedGradient.Of(jacobian, _weights, residuals, outputs.Error);
        return new EnclosedPoint(parameters, layer, activations, outputs, jacobian, residuals, outputs.Error, loss, lossError, gradient, gradientErrors);
    }

    /// <summary>The point with the penalty of a step in its loss and gradient.</summary>
    internal EnclosedPoint Penalized(EnclosedPoint point, RecordedIterate step)
    {
        (Dyadic[] theta, Magnitude radius) = point.Parameters;
        Dyadic loss = point.Loss;
        Magnitude greatest = Magnitude.Zero;
        Dyadic[] gradient = [.. point.Gradient];
        for (int i = 0; i < gradient.Length; i++)
        {
            Dyadic penalty = Penalty(step, i);
            loss += penalty * theta[i] * theta[i];
            gradient[i] += penalty * theta[i];
            greatest = Magnitude.Max(greatest, Magnitude.Of(penalty));
        }

        // |(theta + d)^T Lambda (theta + d) - theta^T Lambda theta| <= lambda (2 |theta| + |d|) |d| with the greatest penalty lambda.
        Magnitude moved = greatest * radius, lossError = point.LossError + (moved * ((Norms.Euclidean(theta) << 1) + radius));
        return point with { Loss = loss, LossError = lossError, Gradient = gradient, GradientErrors = [.. point.GradientErrors.Select(error => error + moved)] };
    }

    /// <summary>The equations of a step from a point without penalty.</summary>
    internal EnclosedSystem Equations(EnclosedPoint point, RecordedIterate step)
    {
        point = Penalized(point, step);
        double[] weights = CurvatureWeights(step);
        Dyadic factor = SampleWeight(step);
        (ScaledIntegers gram, Magnitude[] errors) = GramEnclosure.Of(point.Jacobian, weights, _kernels);
        int p = gram.Rows;
        var diagonal = new Dyadic[p];
        for (int i = 0; i < p; i++) diagonal[i] = factor * (Penalty(step, i) + (Dyadic.FromDouble(step.Damping) * Dyadic.FromDouble(step.Metric[i])));
        // J^T W J is positive semidefinite, so the diagonal that is added bounds the spectrum from below.
        return new PrimalSystem(
            gram.PlusDiagonal(diagonal),
            Norms.Euclidean(errors),
            [.. point.Gradient.Select(entry => -(factor * entry))],
            [.. point.GradientErrors.Select(error => error * Magnitude.Of(factor))],
            diagonal.Min());
    }

    /// <summary>S = J_sub^T W J_sub + w_sub (Lambda + mu D) and b = -w_sub (J^T W r + Lambda theta), both multiplied by w_sub; the damping is taken as recorded.</summary>
    internal StepCoefficients Coefficients(RecordedIterate step)
    {
        Dyadic factor = SampleWeight(step);
        return new StepCoefficients(
            _weights, -factor, -factor, CurvatureWeights(step), Dyadic.One, [.. Enumerable.Range(0, TrainedCount).Select(i => -(factor * Penalty(step, i)))], _run.TrainsOutputLayer);
    }

    /// <summary>w_sub, 1 for all rows.</summary>
    private Dyadic SampleWeight(RecordedIterate step) =>
        step.CurvatureRows.Count == 0 ? Dyadic.One : CurvatureWeights(step).Aggregate(Dyadic.Zero, (sum, weight) => sum + Dyadic.FromDouble(weight));

    /// <summary>The weights of the rows that the curvature of a step came from; zero for the others.</summary>
    internal double[] CurvatureWeights(RecordedIterate step)
    {
        if (step.CurvatureRows.Count == 0) return _weights;
        var weights = new double[_weights.Length];
        foreach ((int first, int end) in step.CurvatureRows) Array.Copy(_weights, first, weights, first, end - first);
        return weights;
    }

    private Dyadic Penalty(RecordedIterate step, int index)
    {
        if (step.Penalties.Length > 0) return Dyadic.FromDouble(step.Penalties[index]);
        int e = _run.Inputs + (_run.Biases ? 1 : 0);
        bool isBias = _run.Biases && (index < HiddenCount ? index % e == _run.Inputs : index == HiddenCount + _run.HiddenUnits);
        return isBias ? Dyadic.Zero : Dyadic.FromDouble(_run.Penalty);
    }
}
