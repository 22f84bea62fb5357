namespace GnMlNet.Core.Kernels;

/// <summary>How strongly the steps of the evidence's maximization are damped: less after a step whose gain the quadratic model predicted well, more after a poor or a failed one.</summary>
/// <param name="Value">mu, the factor of the diagonal of H that is added to it.</param>
internal readonly record struct EvidenceDamping(double Value)
{
    private const double Least = 1e-4;
    private const double LeastAfterFailure = 1e-3;

    /// <summary>Where it starts.</summary>
    internal static EvidenceDamping Start => new(1e-2);

    /// <summary>After a step that lowered E, by its gain ratio.</summary>
    internal EvidenceDamping AfterSuccess(double gainRatio) => new(gainRatio switch
    {
        > 0.5 => Math.Max(Value / 3, Least),
        > 0.2 => Value,
        _ => 2 * Value,
    });

    /// <summary>After a step that did not.</summary>
    internal EvidenceDamping AfterFailure() => new(Math.Max(4 * Value, LeastAfterFailure));
}
