namespace GnMlNet.Ledger.Instances;

/// <summary>Every instance: each file of the folder data, in the order of the names. What the paper states is decided on all of them; nothing chooses among them.</summary>
internal static class Collection
{
    private const string Extension = ".json";

    /// <summary>The instances.</summary>
    internal static IReadOnlyList<InstanceData> All { get; } =
    [
        .. typeof(Collection).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(Extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => InstanceData.Named(name[..^Extension.Length])),
    ];
}
