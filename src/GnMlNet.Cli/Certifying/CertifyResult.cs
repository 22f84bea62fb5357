using GnMlNet.Reference.Minimizers;

namespace GnMlNet.Cli.Certifying;

/// <summary>What was found of a network.</summary>
/// <param name="Network">The network.</param>
/// <param name="Certificate">What is proved of its weights, polished ones where it was polished.</param>
/// <param name="Polished">What polishing came to; null where it was not asked for.</param>
/// <param name="Before">The certificate before that.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record CertifyResult(NetworkToCertify Network, MinimizerCertificate Certificate, Polish.Result? Polished, MinimizerCertificate? Before, TimeSpan Elapsed)
{
    // Training sums in double and in other units: its losses are right to far more digits than this, and other rows, weights or penalties change far more.
    private const double Tolerance = 1e-7;

    /// <summary>E as training recorded it, where that is not E on these rows with this penalty; the penalty of weights that are saved as 0 cannot be compared.</summary>
    internal double? OtherObjective => Network.Recorded is { } recorded && Differs(recorded.Loss, Unpolished.Objective) && !(Network.HasConstantColumn && HasRowsOfTraining) ? recorded.Loss : null;

    /// <summary>Whether the rows are those of training, whatever the penalty.</summary>
    internal bool HasRowsOfTraining => Network.Recorded is not { } recorded || !Differs(recorded.MeanSquaredError, Unpolished.Squares);

    internal int ExitCode =>
        OtherObjective is not null ? Common.ExitCode.Failure
        : Certificate.Verdict switch
        {
            MinimizerVerdict.Certified => Common.ExitCode.Success,
            MinimizerVerdict.Undecided => Common.ExitCode.Undecided,
            _ => Common.ExitCode.Failure,
        };

    private MinimizerCertificate Unpolished => Before ?? Certificate;

    private static bool Differs(double recorded, Balls.Ball exact) => !(Math.Abs(recorded - exact.Midpoint.ToDouble()) <= Tolerance * Math.Abs(recorded));
}
