namespace GnMlNet.Core.Steps;

/// <summary>
/// D, the diagonal matrix in which damping measures a step: the term mu s . D s of the damped equations. It is scaled so that its largest entry is 1.
/// </summary>
internal enum DampingMetric
{
    /// <summary>D = I (Levenberg 1944; the paper's rho I).</summary>
    Identity,

    /// <summary>
    /// D = diag(A)^(3/8), between Levenberg's I and Marquardt's diag(A) (1963): parameters that hardly matter are held back less than by the one
    /// and do not run away as with the other. docs/training.md has the measurements.
    /// </summary>
    TemperedDiagonal,
}
