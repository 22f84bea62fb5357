using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>What error analysis promises of the points of a run and of its steps.</summary>
/// <remarks>docs/crosscheck.md, "What the fast path promises".</remarks>
internal sealed class StepPromise
{
    private const double Unit = 1.0 / (1L << 53);

    // Beyond this share of what goes into the right side a bound of what is left of it says nothing.
    private const double GreatestShare = 1.0 / 1024;

    private const double GreatestInverseShare = 0.25;

    // Conjugate gradients end at this share of the right side, and of rounding in a flow.
    private const double GreatestRemainder = 0.1, FlowRemainder = 1e-14;

    private readonly RecordedRun _run;
    private readonly StepEquations _equations;
    private readonly double[] _weights;
    private readonly double[] _targets;
    private readonly Lazy<RoundingAnalysis?> _origin;
    private readonly Lazy<double> _firstGradient;

    /// <param name="run">The run.</param>
    /// <param name="equations">Its equations.</param>
    /// <param name="bits">The fraction bits of the point that a flow counts its outputs from.</param>
    internal StepPromise(RecordedRun run, StepEquations equations, int bits)
    {
        (_run, _equations) = (run, equations);
        _weights = [.. run.Rows.Select(row => row.Weight)];
        _targets = [.. run.Rows.Select(row => row.Y)];
        _origin = new(() => equations.Origin(bits) is { } origin ? new RoundingAnalysis(origin, _weights, _targets, 1, initial: null) : null);
        _firstGradient = new(() => Norms.Euclidean(equations.Penalized(equations.Evaluate(run.Iterates[0].Parameters, bits), run.Iterates[Math.Min(1, run.Iterates.Count - 1)]).Gradient).ToDouble());
    }

    /// <summary>Whether steps of the run are those of conjugate gradients, whose distance from the exact step is not promised.</summary>
    internal bool IsInexact => _run.Form == SystemForm.MatrixFree && !IsGradientFlow;

    private bool IsGradientFlow => _run.Kind == RunKind.Flow && _run.Damping == 1;

    internal RoundingAnalysis Analyze(EnclosedPoint point) => new(point, _weights, _targets, _equations.Scale, _origin.Value);

    /// <summary>Of |b - S s|, of an inexact step with the curvature of the residuals of |b - S s - remainder|; infinite where nothing that says anything is promised.</summary>
    /// <param name="point">Where the step starts, with the penalty of the step.</param>
    /// <param name="system">Its equations.</param>
    /// <param name="iterate">The iterate that it was recorded with.</param>
    /// <param name="stepNorm">|s|.</param>
    internal double Residual(EnclosedPoint point, EnclosedSystem system, RecordedIterate iterate, double stepNorm)
    {
        RoundingAnalysis analysis = Analyze(point);
        if (_run.Form == SystemForm.Dual && !IsGradientFlow) return Dual(point, analysis, iterate, stepNorm);
        double[] weights = _equations.MatrixWeights(iterate);
        // A sample's equations are multiplied by its weight; errors are multiplied along.
        double sample = iterate.CurvatureRows.Count == 0 ? 1 : weights.Sum();
        double gradient = sample * analysis.Gradient(_equations.GradientFactor), gram = analysis.Gram(weights) * Precision(iterate);
        double matrix = system.FrobeniusNorm.ToDouble(), cholesky = RoundingAnalysis.Residual(gradient, gram, matrix, _equations.ParameterCount, stepNorm);
        if (iterate.Inexact is not null) return RoundingAnalysis.Residual(gradient, analysis.NarrowProduct(weights), matrix, _equations.ParameterCount, stepNorm);
        if (IsInexact) return cholesky + (Remainder(Norms.Euclidean(point.Gradient).ToDouble()) * Norms.Euclidean(system.Right).ToDouble());
        return _run.ContinuesAfterRankLoss ? cholesky + LeftOut(point, gram, matrix) : cholesky;
    }

    /// <summary>Contains each diagonal entry of A = J^T W J + Lambda of a step of training as the exact number and as the fast path computes it.</summary>
    /// <param name="plain">Where the step starts, without penalty.</param>
    /// <param name="iterate">The iterate that the step led to.</param>
    internal Ball[] Diagonal(EnclosedPoint plain, RecordedIterate iterate)
    {
        const int bits = 128;
        double[] weights = _equations.MatrixWeights(iterate), errors = Analyze(plain).Diagonal(weights);
        var system = (DenseSystem)_equations.Equations(plain, iterate with { Damping = 0, Inexact = null });
        var sample = Ball.Exact(_equations.SampleWeight(iterate));
        return
        [
            .. errors.Select((error, i) =>
            {
                Ball entry = Ball.Divide(new Ball(system.Matrix.At(i, i), system.MatrixError + Magnitude.Of(error * Precision(iterate))), sample, bits);
                return new Ball(entry.Midpoint, entry.Radius + (entry.AbsUpper() << -51));
            }),
        ];
    }

    /// <summary>Of q/(1 - q), q = |dA|/lambda_min(A), of the inverse of A, so that the sum of some of its diagonal entries errs by no more than that share of itself; infinite where q is not small.</summary>
    /// <param name="missing">What the computed J^T W J of A misses.</param>
    /// <param name="matrix">The Frobenius norm of A.</param>
    /// <param name="smallest">At most the smallest eigenvalue of A.</param>
    internal double InverseShare(double missing, double matrix, double smallest)
    {
        double share = (missing + (24 * _equations.ParameterCount * Unit * matrix)) / smallest;
        return share < GreatestInverseShare ? share / (1 - share) : double.PositiveInfinity;
    }

    /// <summary>Of J^T W J of a step in the Frobenius norm, times the weight of the sample.</summary>
    /// <param name="point">Where the step starts.</param>
    /// <param name="iterate">The iterate that the step led to.</param>
    internal double Gram(EnclosedPoint point, RecordedIterate iterate) => Analyze(point).Gram(_equations.MatrixWeights(iterate)) * Precision(iterate);

    /// <summary>Of C+ of an inexact step, in the Frobenius norm.</summary>
    /// <param name="plain">Where the step starts.</param>
    internal double ResidualCurvature(EnclosedPoint plain) => Analyze(plain).ResidualCurvature();

    private static double Precision(RecordedIterate iterate) => iterate.CurvatureInSinglePrecision ? RoundingAnalysis.SingleOverDouble : 1;

    /// <summary>What the eigenvalues leave that a pseudoinverse takes for zero: |v . J^T u| is at most |J v| |u|, and (1 - rho) |J v|^2 is at most such an eigenvalue.</summary>
    private double LeftOut(EnclosedPoint point, double gram, double matrix) =>
        Math.Sqrt(((24 * _equations.ParameterCount * Unit * matrix) + gram) / (1 - _run.Damping)) * RightNorm(point);

    private double Remainder(double gradient) => _run.Kind == RunKind.Flow ? FlowRemainder : Math.Min(GreatestRemainder, Math.Sqrt(gradient / _firstGradient.Value) * (1 + 1e-9));

    private double Dual(EnclosedPoint point, RoundingAnalysis analysis, RecordedIterate iterate, double stepNorm)
    {
        bool isFlow = _run.Kind == RunKind.Flow;
        double[] weights = isFlow ? [.. _weights.Select(_ => 1.0)] : _weights;
        double scale = isFlow ? 1 - _run.Damping : 1, damping = isFlow ? _run.Damping : iterate.Damping, penalty = isFlow ? 0 : _run.Penalty;
        bool areApart = _run.Biases && penalty > 0;
        double least = areApart ? damping : penalty + damping, share = areApart ? damping / (penalty + damping) : 1, right = RightNorm(point);
        double rightError = isFlow ? analysis.OutputGradientNorm(right) : RowError(analysis) + (2 * Unit * right);
        // Row weights make J J^T smaller by no more than the least of them.
        double kernel = BelowNorm.RoundDown(SmallerGram.KernelBound(point)) * weights.Min() * (1 - (4 * Unit));
        double theta = penalty == 0 ? 0 : Norms.Euclidean(point.Parameters.Center).ToDouble();
        var sizes = new DualSystemSizes(scale, least, penalty + damping, least + (scale * share * Math.Max(0, kernel)), right, rightError, theta);
        double bound = analysis.DualResidual(weights, sizes, stepNorm), jacobian = Math.Sqrt(analysis.Squares(weights).Entries);
        return bound <= GreatestShare * jacobian * (right + (jacobian * theta)) ? bound : double.PositiveInfinity;
    }

    /// <summary>|u|: of grad g in a flow, of the weighted residuals in training.</summary>
    private double RightNorm(EnclosedPoint point)
    {
        double square = 0;
        for (int j = 0; j < _weights.Length; j++)
        {
            double residual = point.Residuals[j].ToDouble();
            square += residual * residual * (_run.Kind == RunKind.Flow ? 4 * _weights[j] * _weights[j] : _weights[j]);
        }

        return Math.Sqrt(square);
    }

    private double RowError(RoundingAnalysis analysis) => Math.Sqrt(_weights.Zip(analysis.Residuals, (weight, error) => weight * error * error).Sum());
}
