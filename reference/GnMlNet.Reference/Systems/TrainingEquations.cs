using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Systems;

/// <summary>
/// The equations of a step of training at an iterate, (A + mu D) s = -g:
/// <code>
/// E(theta) = sum_j w_j r_j^2 + theta^T Lambda theta,   r_j = f(x_j) - y_j
/// g = J^T W r + Lambda theta,   A = J_sub^T W J_sub / w_sub + Lambda
/// </code>
/// Lambda is a diagonal: the penalties of the step, or one for all parameters but the biases, which have none. A comes from the rows that the run took it from, w_sub
/// being the sum of their weights where they are not all rows (the run counts all rows together as 1). To stay within exact numbers both sides are multiplied by w_sub.
/// The equations of an inexact step, which comes from all rows, have C+ as recorded on their left.
/// </summary>
internal sealed class TrainingEquations(RecordedRun run, ExactKernels kernels) : StepEquations(run, kernels)
{
    private (RecordedInexactStep Step, UnitMatrices Curvature)? _latest;

    internal override double Scale => 1;

    private protected override double[] WholeMatrixWeights => Weights;

    private protected override int GradientShift => 0;

    internal override EnclosedPoint? Origin(int fractionBits) => null;

    internal override EnclosedPoint Penalized(EnclosedPoint point, RecordedIterate step)
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

    internal override EnclosedSystem Equations(EnclosedPoint point, RecordedIterate step)
    {
        point = Penalized(point, step);
        Dyadic factor = SampleWeight(step);
        GramEnclosure gram = point.Grams.Of(MatrixWeights(step));
        var diagonal = new Dyadic[ParameterCount];
        for (int i = 0; i < diagonal.Length; i++) diagonal[i] = factor * (Penalty(step, i) + (Dyadic.FromDouble(step.Damping) * Dyadic.FromDouble(step.Metric[i])));
        ScaledIntegers matrix = gram.Matrix.PlusDiagonal(diagonal);
        Dyadic atLeast = diagonal.Min();
        if (step.Inexact is { ResidualCurvature.Length: > 0 } inexact)
        {
            UnitMatrices curvature = CurvatureOf(inexact);
            matrix = matrix.Plus(curvature.Whole());
            atLeast -= curvature.Negativity.ToDyadic();
        }

        // J^T W J is positive semidefinite, so what is added bounds the spectrum from below.
        return new DenseSystem(
            matrix,
            gram.Error,
            [.. point.Gradient.Select(entry => -(factor * entry))],
            [.. point.GradientErrors.Select(error => error * Magnitude.Of(factor))],
            atLeast);
    }

    /// <summary>S = J_sub^T W J_sub + w_sub (Lambda + mu D) and b = -w_sub (J^T W r + Lambda theta), both multiplied by w_sub; the damping is taken as recorded.</summary>
    internal override StepCoefficients Coefficients(RecordedIterate step)
    {
        Dyadic factor = SampleWeight(step);
        return new StepCoefficients(Weights, -factor, -factor, MatrixWeights(step), Dyadic.One, [.. Enumerable.Range(0, ParameterCount).Select(i => -(factor * Penalty(step, i)))]);
    }

    /// <summary>The weights of the rows that the curvature of a step came from; zero for the others.</summary>
    internal override double[] MatrixWeights(RecordedIterate step)
    {
        if (step.CurvatureRows.Count == 0) return Weights;
        var weights = new double[Weights.Length];
        foreach ((int first, int end) in step.CurvatureRows) Array.Copy(Weights, first, weights, first, end - first);
        return weights;
    }

    internal override Dyadic SampleWeight(RecordedIterate step) =>
        step.CurvatureRows.Count == 0 ? Dyadic.One : MatrixWeights(step).Aggregate(Dyadic.Zero, (sum, weight) => sum + Dyadic.FromDouble(weight));

    internal override IReadOnlyList<RecordedIterate> IteratesOfStep(int index) => [Run.Iterates[index - 1], Run.Iterates[index]];

    internal override bool IsStart(RecordedIterate iterate) => iterate.Step.Length == 0;

    internal override bool CanRepeat(int index) => true;

    internal override (Dyadic Value, Magnitude Error) StepFactor(RecordedIterate iterate, int bits) => (Dyadic.One, Magnitude.Zero);

    internal override double[] Next(RecordedIterate before, RecordedIterate after) =>
        Moved(before.Parameters, after.Step, after.Inexact?.Share ?? 1);

    /// <summary>Parameters moved by a multiple of a step, product and sum rounded once.</summary>
    internal static double[] Moved(double[] parameters, double[] step, double share) =>
        [.. parameters.Select((entry, i) => i < step.Length ? Math.FusedMultiplyAdd(share, step[i], entry) : entry)];

    /// <summary>C+ of an inexact step as recorded, where it took part.</summary>
    internal UnitMatrices CurvatureOf(RecordedInexactStep step)
    {
        if (_latest is { } latest && ReferenceEquals(latest.Step, step)) return latest.Curvature;
        var curvature = new UnitMatrices(Layout, step.ResidualCurvature);
        _latest = (step, curvature);
        return curvature;
    }

    private protected override Layer LayerOf(ParameterBall parameters) => Layer(
        parameters, parameters.Center[Layout.Output(0)..Layout.OutputBias], Layout.HasBiases ? parameters.Center[Layout.OutputBias] : Dyadic.Zero);

    private protected override OutputEnclosure FromOrigin(OutputEnclosure outputs, int fractionBits) => outputs;

    private protected override (Dyadic[] Values, Magnitude Error) Residuals(OutputEnclosure outputs) => ([.. outputs.Values.Zip(Targets, (f, y) => f - y)], outputs.Error);

    private Dyadic Penalty(RecordedIterate step, int index)
    {
        if (step.Penalties.Length > 0) return Dyadic.FromDouble(step.Penalties[index]);
        return Layout.IsBias(index) ? Dyadic.Zero : Dyadic.FromDouble(Run.Penalty);
    }
}
