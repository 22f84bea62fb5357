using GnMlNet.Ledger.Decisions;

namespace GnMlNet.Ledger.Settings;

/// <summary>A kind of settings that many statements are decided on.</summary>
/// <typeparam name="TSelf">The kind.</typeparam>
internal interface ISettings<TSelf>
    where TSelf : Setting, ISettings<TSelf>
{
    /// <summary>All of them, or enough for a verdict.</summary>
    static abstract IEnumerable<TSelf> All(Scope scope);
}
