namespace GnMlNet.Balls.Matrices;

/// <summary>An eigenvalue lies between two numbers.</summary>
/// <param name="Lower">It is at least this.</param>
/// <param name="Upper">It is at most this.</param>
public readonly record struct EigenvalueBound(Dyadic Lower, Dyadic Upper)
{
    /// <summary>A ball that contains it.</summary>
    public Ball ToBall() => Ball.Union(Ball.Exact(Lower), Ball.Exact(Upper));
}
