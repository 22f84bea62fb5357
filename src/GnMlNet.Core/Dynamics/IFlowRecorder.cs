using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Dynamics;

/// <summary>Writes a flow down. <see cref="Traces.TraceWriter"/> does; nothing outside this library can implement it.</summary>
public interface IFlowRecorder
{
    /// <summary>Whether it wants the eigenvalues of every recorded point.</summary>
    internal bool WantsSpectrum { get; }

    /// <summary>The settings and rows of a flow.</summary>
    internal void Begin(RegressionData rows, SignedInitialization initial, FlowOptions options, int seed);

    /// <summary>One recorded point.</summary>
    /// <param name="point">Its figures.</param>
    /// <param name="weights">w.</param>
    /// <param name="direction">H^-1 J^T grad g there.</param>
    /// <param name="eigenvalues">Those of J^T J or J J^T, where they were found.</param>
    internal void Record(FlowPoint point, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, double[]? eigenvalues);
}
