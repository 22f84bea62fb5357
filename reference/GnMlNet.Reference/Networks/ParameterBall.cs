namespace GnMlNet.Reference.Networks;

/// <summary>All parameter vectors within a Euclidean distance of exact numbers.</summary>
/// <param name="Center">theta or w.</param>
/// <param name="Radius">The distance; zero for recorded parameters, which are taken to be exact.</param>
internal sealed record ParameterBall(Dyadic[] Center, Magnitude Radius)
{
    internal static ParameterBall Exact(ReadOnlySpan<double> parameters)
    {
        var center = new Dyadic[parameters.Length];
        for (int i = 0; i < center.Length; i++) center[i] = Dyadic.FromDouble(parameters[i]);
        return new ParameterBall(center, Magnitude.Zero);
    }
}
