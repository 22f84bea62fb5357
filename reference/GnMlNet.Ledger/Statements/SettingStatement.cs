using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>A statement that is decided on all settings of a kind.</summary>
internal abstract class SettingStatement<TSetting>(StatementText text, StatementKind kind = StatementKind.Checkable) : Statement(text, kind)
    where TSetting : Setting, ISettings<TSetting>
{
    private protected sealed override IEnumerable<Finding> Examine(Scope scope) => TSetting.All(scope).Select(Examine);

    private protected abstract Finding Examine(TSetting setting);
}
