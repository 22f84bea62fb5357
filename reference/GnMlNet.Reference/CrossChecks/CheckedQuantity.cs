namespace GnMlNet.Reference.CrossChecks;

/// <summary>What of the fast path is compared with its exact value.</summary>
public enum CheckedQuantity
{
    /// <summary>The loss at the iterate.</summary>
    Loss,

    /// <summary>The loss without its penalty, as training recorded it.</summary>
    MeanSquaredError,

    /// <summary>The largest magnitude in half the gradient, as training recorded it.</summary>
    GradientNorm,

    /// <summary>The fall of the loss as a share of what the quadratic model predicts, as training recorded it.</summary>
    GainRatio,

    /// <summary>b, the precision of the noise, where evidence estimated it anew.</summary>
    NoisePrecision,

    /// <summary>a, the precisions of the groups of parameters, where evidence estimated them anew, as a vector.</summary>
    Precisions,

    /// <summary>The outputs of the network, as a vector over the rows.</summary>
    Outputs,

    /// <summary>The gradient, as a vector over the parameters.</summary>
    Gradient,

    /// <summary>The Gauss-Newton matrix, in the Frobenius norm.</summary>
    Gram,

    /// <summary>The step of training, or the direction of a flow.</summary>
    Step,

    /// <summary>A step whose curvature came from some of the rows or from single precision, against the exact step of the same rows.</summary>
    ApproximateStep,

    /// <summary>What the recorded step leaves of the right side of its equations: zero for the exact step. It needs no inverse.</summary>
    StepResidual,

    /// <summary>The same of a step of conjugate gradients, which end at a share of the right side.</summary>
    InexactStepResidual,

    /// <summary>What an inexact step with the curvature of the residuals says that it leaves of the right side, as a vector.</summary>
    Remainder,

    /// <summary>The positive part of the residuals' curvature in the equations of such a step, in the Frobenius norm.</summary>
    ResidualCurvature,

    /// <summary>J^T W J in single precision that evidence comes from, in the Frobenius norm.</summary>
    EvidenceMatrix,

    /// <summary>The predictions of a saved model, in single precision.</summary>
    Scores,

    /// <summary>The leverage of a saved model's network at some rows, which intervals of predictions come from.</summary>
    Leverage,

    /// <summary>|grad g| at a point of a flow, as recorded.</summary>
    OutputGradientNorm,

    /// <summary>|grad g| in the metric of a flow, as recorded: without damping the norm of the Riemannian gradient.</summary>
    RiemannianGradientNorm,

    /// <summary>The smallest eigenvalue of J^T J or, with more parameters than rows, of J J^T, as recorded.</summary>
    SmallestEigenvalue,

    /// <summary>The largest one.</summary>
    LargestEigenvalue,
}
