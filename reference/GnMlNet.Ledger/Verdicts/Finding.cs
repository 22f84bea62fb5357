using System.Text.Json.Serialization;

namespace GnMlNet.Ledger.Verdicts;

/// <summary>What was found on one instance: the certified hypotheses and the conclusions. It is the certificate of a statement's verdict there.</summary>
/// <param name="Instance">The name of the instance, with the numbers that it was used with.</param>
/// <param name="Bits">The precision of the arithmetic.</param>
/// <param name="Hypotheses">What has to hold for the conclusions to be claimed.</param>
/// <param name="Conclusions">What the statement claims.</param>
/// <param name="Reach">How far along a flow or an iteration the conclusions are compared, where the statement is about all times or steps.</param>
public sealed record Finding(string Instance, int Bits, IReadOnlyList<Claim> Hypotheses, IReadOnlyList<Claim> Conclusions, Reach? Reach = null)
{
    /// <summary>What the way of deciding needs beyond the statement's hypotheses, such as an enclosure that lasts; where one fails nothing is decided.</summary>
    public IReadOnlyList<Claim> Premises { get; init; } = [];

    /// <summary>
    /// Not applicable where a hypothesis is proved false; undecided where one, or a premise, is not proved; else refuted if a conclusion is, proved if all are.
    /// </summary>
    [JsonConverter(typeof(JsonStringEnumConverter<FindingVerdict>))]
    public FindingVerdict Verdict
    {
        get
        {
            if (Hypotheses.Any(claim => claim.Verdict == Balls.Verdict.Refuted)) return FindingVerdict.NotApplicable;
            if (Conclusions.Count == 0 || !Hypotheses.Concat(Premises).All(claim => claim.Verdict == Balls.Verdict.Proved)) return FindingVerdict.Undecided;
            if (Conclusions.Any(claim => claim.Verdict == Balls.Verdict.Refuted)) return FindingVerdict.Refuted;
            return Conclusions.All(claim => claim.Verdict == Balls.Verdict.Proved) ? FindingVerdict.Proved : FindingVerdict.Undecided;
        }
    }
}
