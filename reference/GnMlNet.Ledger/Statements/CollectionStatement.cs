using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;

namespace GnMlNet.Ledger.Statements;

/// <summary>
/// A statement that is decided on every instance of the collection: one that does not meet its hypotheses says so by a claim that is decided, one that the way of deciding
/// cannot treat by a premise that fails.
/// </summary>
internal abstract class CollectionStatement(StatementText text, StatementKind kind = StatementKind.Checkable) : Statement(text, kind)
{
    // Of claims about the instance alone, which are compared before anything is computed.
    private const int Bits = 64;

    private protected sealed override IEnumerable<Finding> Examine(Scope scope) => Collection.All.SelectMany(instance => Examine(instance, scope));

    /// <summary>Hypotheses about the instance itself, one after the other.</summary>
    private protected abstract IEnumerable<Claim> Asks(InstanceData instance);

    /// <summary>What the way of deciding needs of it.</summary>
    private protected virtual IEnumerable<Claim> Needs(InstanceData instance) => [];

    /// <summary>What is found on an instance that meets both: at least one finding.</summary>
    private protected abstract IEnumerable<Finding> Findings(InstanceData instance, Scope scope);

    private IEnumerable<Finding> Examine(InstanceData instance, Scope scope)
    {
        (List<Claim> hypotheses, bool applies) = UpToFailure(Asks(instance));
        if (!applies) return [new Finding(instance.Name, Bits, hypotheses, [])];
        (List<Claim> premises, bool isTreated) = UpToFailure(Needs(instance));
        if (!isTreated) return [new Finding(instance.Name, Bits, hypotheses, []) { Premises = premises }];
        return Findings(instance, scope).Select(finding => finding with { Hypotheses = [.. hypotheses, .. finding.Hypotheses], Premises = [.. premises, .. finding.Premises] });
    }

    // The claims up to the first that is not proved, and whether there is none.
    private static (List<Claim> Claims, bool AreProved) UpToFailure(IEnumerable<Claim> claims)
    {
        List<Claim> compared = [];
        foreach (Claim claim in claims)
        {
            compared.Add(claim);
            if (claim.Verdict != Verdict.Proved) return (compared, false);
        }

        return (compared, true);
    }
}
