using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Systems;

/// <summary>
/// The equations of the paper's direction at a point, H d = J^T grad g(alpha f(w)) with H = (1 - rho) J^T J + rho I, f(w) = phi(w) - phi(w_init) and the loss
/// g(psi) = sum_j w_j (psi_j - y_j)^2.
/// </summary>
internal sealed class FlowEquations : StepEquations
{
    private readonly Dyadic _alpha;
    private readonly Dyadic _rho;
    private readonly Dyadic[] _signs;
    private readonly Dictionary<int, OutputEnclosure> _initial = [];

    internal FlowEquations(RecordedRun run, ExactKernels kernels)
        : base(run, kernels)
    {
        (_alpha, _rho) = (Dyadic.FromDouble(run.ScalingFactor), Dyadic.FromDouble(run.Damping));
        _signs = [.. run.Signs.Select(Dyadic.FromDouble)];
        WholeMatrixWeights = [.. Enumerable.Repeat(1.0, Weights.Length)];
    }

    internal override double Scale => Run.ScalingFactor;

    private protected override double[] WholeMatrixWeights { get; }

    // grad g = 2 W r.
    private protected override int GradientShift => 1;

    internal override EnclosedPoint Origin(int fractionBits) => Evaluate(Run.InitialWeights, fractionBits);

    internal override EnclosedPoint Penalized(EnclosedPoint point, RecordedIterate step) => point;

    internal override EnclosedSystem Equations(EnclosedPoint point, RecordedIterate step)
    {
        Dyadic rest = Dyadic.One - _rho;
        ScaledIntegers jacobian = point.Jacobian.Values;
        if (jacobian.Columns > jacobian.Rows) return new GramSystem(jacobian, point.Jacobian.ColumnErrors, rest, _rho, point.Gradient, point.GradientErrors);
        GramEnclosure gram = point.Grams.Of(WholeMatrixWeights);
        ScaledIntegers matrix = gram.Matrix.Times(rest).PlusDiagonal([.. Enumerable.Repeat(_rho, ParameterCount)]);
        return new DenseSystem(matrix, gram.Error * Magnitude.Of(rest), point.Gradient, point.GradientErrors, _rho);
    }

    /// <summary>H d = b with H = (1 - rho) J^T J + rho I and b = sum_j 2 w_j (alpha f_j - y_j) J_j.</summary>
    internal override StepCoefficients Coefficients(RecordedIterate step) =>
        new(Weights, GradientFactor: 2, GramFactor: _alpha << 1, WholeMatrixWeights, Dyadic.One - _rho, new Dyadic[ParameterCount]);

    internal override double[] MatrixWeights(RecordedIterate step) => WholeMatrixWeights;

    internal override IReadOnlyList<RecordedIterate> IteratesOfStep(int index) => [Run.Iterates[index]];

    internal override bool IsStart(RecordedIterate iterate) => false;

    internal override bool CanRepeat(int index) =>
        Run.Scheme == "Euler" && Run.Iterates[index].Iteration == Run.Iterates[index - 1].Iteration + 1 && Run.Iterates[index].StepSize > 0;

    /// <summary>-tau/alpha: a step of Euler's along the direction.</summary>
    internal override (Dyadic Value, Magnitude Error) StepFactor(RecordedIterate iterate, int bits)
    {
        Ball quotient = Ball.Divide(Ball.Exact(-iterate.StepSize), Ball.Exact(_alpha), bits);
        return (quotient.Midpoint, quotient.Radius);
    }

    /// <summary>w + tau (-d/alpha): the quotient is rounded, then the product and the sum together.</summary>
    internal override double[]? Next(RecordedIterate before, RecordedIterate after)
    {
        if (Run.Scheme != "Euler" || after.Iteration != before.Iteration + 1 || before.Direction.Length == 0) return null;
        Dyadic length = Dyadic.FromDouble(after.StepSize);
        var next = new double[before.Parameters.Length];
        for (int i = 0; i < next.Length; i++)
        {
            double derivative = -before.Direction[i] / Run.ScalingFactor;
            if (!double.IsFinite(derivative)) return null;
            next[i] = (Dyadic.FromDouble(before.Parameters[i]) + (length * Dyadic.FromDouble(derivative))).ToDouble();
        }

        return next;
    }

    private protected override Layer LayerOf(ParameterBall parameters) => Layer(parameters, _signs, Dyadic.Zero);

    private protected override OutputEnclosure FromOrigin(OutputEnclosure outputs, int fractionBits)
    {
        if (!_initial.TryGetValue(fractionBits, out OutputEnclosure? start))
        {
            Layer initial = LayerOf(ParameterBall.Exact(Run.InitialWeights));
            start = OutputEnclosure.Of(initial, ActivationEnclosure.Of(initial, fractionBits, Kernels));
            _initial[fractionBits] = start;
        }

        return new OutputEnclosure([.. outputs.Values.Zip(start.Values, (now, then) => now - then)], outputs.Error + start.Error);
    }

    private protected override (Dyadic[] Values, Magnitude Error) Residuals(OutputEnclosure outputs) =>
        ([.. outputs.Values.Zip(Targets, (f, y) => (_alpha * f) - y)], Magnitude.Of(_alpha) * outputs.Error);
}
