using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;

namespace GnMlNet.Ledger.Settings;

/// <summary>A kind of settings that many statements are decided on, made of any instance that meets what it asks.</summary>
/// <typeparam name="TSelf">The kind.</typeparam>
internal interface ISettings<TSelf>
    where TSelf : Setting, ISettings<TSelf>
{
    /// <summary>Hypotheses about the instance itself, one after the other; where one is proved false the statements say nothing of it.</summary>
    static abstract IEnumerable<Claim> Asks(InstanceData instance);

    /// <summary>What the way of deciding needs of the instance beyond those.</summary>
    static virtual IEnumerable<Claim> Needs(InstanceData instance) => [];

    /// <summary>Its settings; only of instances that meet both.</summary>
    static abstract IEnumerable<TSelf> Of(InstanceData instance, Scope scope);
}
