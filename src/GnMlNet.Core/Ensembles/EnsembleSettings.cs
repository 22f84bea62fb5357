using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Ensembles;

/// <summary>The options of an ensemble on which the bits of its training depend, by name.</summary>
internal static class EnsembleSettings
{
    internal static IEnumerable<(string Name, string Value)> Of(EnsembleOptions options) =>
    [
        (nameof(options.Members), SettingText.Of(options.Members)),
        .. TrainingSettings.Of(options.Run),
        (nameof(options.Penalty), SettingText.Of(options.Penalty, "one that adapts")),
        (nameof(options.Loss), $"{options.Loss}"),
        (nameof(LabelBounds.Lower), SettingText.Of(options.Bounds.Lower)),
        (nameof(LabelBounds.Upper), SettingText.Of(options.Bounds.Upper)),
        (nameof(options.MaximumIterations), SettingText.Of(options.MaximumIterations)),
        (nameof(options.FinishWithAllRows), SettingText.Of(options.FinishWithAllRows)),
        (nameof(options.Intervals), $"{options.Intervals}"),
        (nameof(options.IntervalLevel), SettingText.Of(options.IntervalLevel)),
        (nameof(options.CalibrationFraction), SettingText.Of(options.CalibrationFraction)),
        (nameof(options.ValidationFraction), SettingText.Of(options.ValidationFraction)),
        .. Of(options.Kernel),
    ];

    /// <summary>What tells an ensemble that training begins with from others.</summary>
    internal static string Of(NetworkEnsemble? initial) => initial is null ? "" : StateHash.Of(writer =>
    {
        foreach (NetworkMember member in initial.Members.OfType<NetworkMember>())
        {
            writer.Write(member.Map);
            writer.Write(member.Network.Parameters);
            writer.WriteEvidence(member.Evidence);
        }

        foreach (ColumnMap column in initial.Maps.SelectMany(map => map.Columns))
            writer.Write([column.Scale.Mean, column.Scale.Deviation, column.Power, column.Least, column.Greatest, column.BentScale.Mean, column.BentScale.Deviation, column.Softness]);
        writer.Write([initial.Label.Mean, initial.Label.Deviation]);
    });

    private static IEnumerable<(string Name, string Value)> Of(KernelOptions? kernel)
    {
        string Name(string option) => $"{nameof(EnsembleOptions.Kernel)}.{option}";
        yield return (nameof(EnsembleOptions.Kernel), kernel is null ? "none" : kernel.Smooth ? "smooth" : "full");
        if (kernel is null) yield break;
        yield return (Name(nameof(kernel.Members)), SettingText.Of(kernel.Members));
        yield return (Name(nameof(kernel.Centres)), SettingText.Of(kernel.Centres));
        yield return (Name(nameof(kernel.EvidenceRows)), SettingText.Of(kernel.EvidenceRows));
        yield return (Name(nameof(kernel.SolutionRows)), SettingText.Of(kernel.SolutionRows));
        yield return (Name(nameof(kernel.Form)), kernel.Form is { } form ? $"{form}" : "the cheapest");
    }
}
