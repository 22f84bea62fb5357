using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>A statement about the flow itself, which is enclosed where a network is small enough.</summary>
internal abstract class FlowStatement(StatementText text) : CollectionStatement(text)
{
    private protected sealed override IEnumerable<Claim> Needs(InstanceData instance) => FlowSetting.Needs(instance);
}
