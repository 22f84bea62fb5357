namespace GnMlNet.Cli.Reproducing;

/// <summary>Fewer rows than parameters and an ill-conditioned kernel: the flow for several rho against gradient flow.</summary>
/// <param name="Rows">n.</param>
/// <param name="ParameterCount">p.</param>
/// <param name="ScalingFactor">alpha.</param>
/// <param name="SmallestEigenvalue">lambda_min(K) at the start.</param>
/// <param name="LargestEigenvalue">|K| at the start.</param>
/// <param name="Flows">The flows, rho ascending.</param>
internal sealed record OverparameterizedExperiment(
    int Rows, int ParameterCount, double ScalingFactor, double SmallestEigenvalue, double LargestEigenvalue, IReadOnlyList<DampedFlow> Flows)
{
    internal const int MostRows = 128;

    internal const double Alpha = 64;

    internal static IReadOnlyList<double> Dampings { get; } = [1e-4, 1e-2, 1e-1, 1];
}
