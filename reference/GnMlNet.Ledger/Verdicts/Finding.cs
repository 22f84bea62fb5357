using System.Text.Json.Serialization;

namespace GnMlNet.Ledger.Verdicts;

/// <summary>What was found on one instance: the certified hypotheses and the conclusions. It is the certificate of a statement's verdict there.</summary>
/// <param name="Instance">The name of the instance, with the numbers that it was used with.</param>
/// <param name="Bits">The precision of the arithmetic.</param>
/// <param name="Hypotheses">What has to hold for the conclusions to be claimed.</param>
/// <param name="Conclusions">What the statement claims.</param>
public sealed record Finding(string Instance, int Bits, IReadOnlyList<Claim> Hypotheses, IReadOnlyList<Claim> Conclusions)
{
    /// <summary>Whether all hypotheses are proved; only then the conclusions count.</summary>
    public bool IsCovered => Hypotheses.All(claim => claim.Verdict == Verdict.Proved);

    /// <summary>
    /// Undecided where a hypothesis is not proved; else refuted if a conclusion is, proved if all are.
    /// </summary>
    [JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
    public Verdict Verdict
    {
        get
        {
            if (!IsCovered || Conclusions.Count == 0) return Verdict.Undecided;
            if (Conclusions.Any(claim => claim.Verdict == Verdict.Refuted)) return Verdict.Refuted;
            return Conclusions.All(claim => claim.Verdict == Verdict.Proved) ? Verdict.Proved : Verdict.Undecided;
        }
    }
}
