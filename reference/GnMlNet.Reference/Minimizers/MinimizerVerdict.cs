namespace GnMlNet.Reference.Minimizers;

/// <summary>What is proved of weights.</summary>
public enum MinimizerVerdict
{
    /// <summary>A strict local minimum is near, and no other stationary point.</summary>
    Certified,

    /// <summary>The Hessian is positive definite, but the gradient is too large for the theorem: not converged.</summary>
    NotConverged,

    /// <summary>The Hessian has a proven direction of negative curvature: no minimum is here.</summary>
    NegativeCurvature,

    /// <summary>Neither is proved.</summary>
    Undecided,
}
