using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>A statement that is decided on the settings of a kind, of every instance of the collection.</summary>
internal abstract class SettingStatement<TSetting>(StatementText text, StatementKind kind = StatementKind.Checkable) : CollectionStatement(text, kind)
    where TSetting : Setting, ISettings<TSetting>
{
    private protected sealed override IEnumerable<Claim> Asks(InstanceData instance) => TSetting.Asks(instance);

    private protected override IEnumerable<Claim> Needs(InstanceData instance) => TSetting.Needs(instance);

    private protected sealed override IEnumerable<Finding> Findings(InstanceData instance, Scope scope) => SettingsOfInstance<TSetting>.All(instance, scope).Select(Examine);

    private protected abstract Finding Examine(TSetting setting);
}
