using GnMlNet.Core.Dynamics;

namespace GnMlNet.Cli.Reproducing;

/// <summary>Fewer rows than parameters and an ill-conditioned kernel: the flow for several rho against gradient flow.</summary>
/// <param name="Rows">n.</param>
/// <param name="ParameterCount">p.</param>
/// <param name="Flows">The flows, rho ascending; the first with its spectrum.</param>
internal sealed record OverparameterizedExperiment(int Rows, int ParameterCount, IReadOnlyList<Trajectory> Flows)
{
    internal const int MostRows = 128;

    internal const double Alpha = 64;

    internal static IReadOnlyList<double> Dampings { get; } = [1e-4, 1e-2, 1e-1, 1];

    /// <summary>lambda_min(K) at the start.</summary>
    internal double SmallestEigenvalue => Flows[0].Points[0].SmallestEigenvalue;

    /// <summary>|K| at the start.</summary>
    internal double LargestEigenvalue => Flows[0].Points[0].LargestEigenvalue;

    /// <summary>The loss of a flow as a share of that at the start, at a time.</summary>
    internal static double Share(Trajectory flow, double time) => flow.Points.Last(point => point.Time <= time).Loss / flow.Points[0].Loss;
}
