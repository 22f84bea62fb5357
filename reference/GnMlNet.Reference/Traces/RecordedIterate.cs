namespace GnMlNet.Reference.Traces;

/// <summary>An iterate with the step that led to it (training) or the direction at it (flow).</summary>
public sealed record RecordedIterate
{
    /// <summary>The number of the start, of a training run.</summary>
    public int Start { get; init; }

    /// <summary>The number of the iteration, or of steps so far.</summary>
    public int Iteration { get; init; }

    /// <summary>t, of a flow.</summary>
    public double Time { get; init; }

    /// <summary>How far in time the last step went, of a flow.</summary>
    public double StepSize { get; init; }

    /// <summary>theta or w.</summary>
    public required double[] Parameters { get; init; }

    /// <summary>The loss that the run computed here, or NaN where it was not finite.</summary>
    public double Loss { get; init; }

    /// <summary>The loss without its penalty, of a training run, or NaN where it was not finite.</summary>
    public double MeanSquaredError { get; init; } = double.NaN;

    /// <summary>The largest magnitude in half the gradient, of a training run, or NaN where it was not finite.</summary>
    public double GradientNorm { get; init; } = double.NaN;

    /// <summary>The fall of the loss in the step that led here as a share of the predicted one, or NaN where it was not finite.</summary>
    public double GainRatio { get; init; } = double.NaN;

    /// <summary>How many steps with less damping were rejected before that one.</summary>
    public int RejectedSteps { get; init; }

    /// <summary>b, where evidence adapts the penalties; else NaN.</summary>
    public double NoisePrecision { get; init; } = double.NaN;

    /// <summary>a, one number for each of the d + 3 groups of parameters, where evidence adapts the penalties; else empty.</summary>
    public double[] Precisions { get; init; } = [];

    /// <summary>The lower triangle of J^T W J that a and b were just estimated from, row by row, where it was made where the step that led here begins and in single precision; else empty.</summary>
    public double[] EvidenceMatrix { get; init; } = [];

    /// <summary>mu of the step that led here, of a training run.</summary>
    public double Damping { get; init; }

    /// <summary>The diagonal of D of that step; empty where there was none.</summary>
    public double[] Metric { get; init; } = [];

    /// <summary>Lambda in the loss here and in the step that led here, one number for each trained parameter; empty where the penalty of the run holds.</summary>
    public double[] Penalties { get; init; } = [];

    /// <summary>That step; empty where there was none.</summary>
    public double[] Step { get; init; } = [];

    /// <summary>H^-1 J^T grad g at this point, of a flow; empty where H was rank-deficient.</summary>
    public double[] Direction { get; init; } = [];

    /// <summary>|grad g| as a flow recorded it, or NaN.</summary>
    public double OutputGradientNorm { get; init; } = double.NaN;

    /// <summary>|grad g| in the metric of a flow as it recorded it, or NaN.</summary>
    public double RiemannianGradientNorm { get; init; } = double.NaN;

    /// <summary>The smallest eigenvalue of the smaller of J^T J and J J^T as a flow recorded it, or NaN.</summary>
    public double SmallestEigenvalue { get; init; } = double.NaN;

    /// <summary>The largest one, or NaN.</summary>
    public double LargestEigenvalue { get; init; } = double.NaN;

    /// <summary>The rows [first, end) that the curvature of that step came from; empty means all.</summary>
    public IReadOnlyList<(int First, int End)> CurvatureRows { get; init; } = [];

    /// <summary>Whether that curvature was summed in single precision.</summary>
    public bool CurvatureInSinglePrecision { get; init; }

    /// <summary>What else there is to know of an inexact step; null for others.</summary>
    public RecordedInexactStep? Inexact { get; init; }
}
