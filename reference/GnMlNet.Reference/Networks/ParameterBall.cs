namespace GnMlNet.Reference.Networks;

/// <summary>All parameter vectors within a Euclidean distance of exact numbers.</summary>
/// <param name="Center">theta or w.</param>
/// <param name="Radius">The distance; zero for recorded parameters, which are taken to be exact.</param>
internal sealed record ParameterBall(Dyadic[] Center, Magnitude Radius)
{
    internal static ParameterBall Exact(double[] parameters) => new([.. parameters.Select(Dyadic.FromDouble)], Magnitude.Zero);
}
