using GnMlNet.Cli.Output;
using GnMlNet.Core.Insight;

namespace GnMlNet.Cli.Explaining;

/// <summary>What the numbers of columns stand for.</summary>
/// <param name="effects">The effects, which know the levels of their columns.</param>
internal sealed class ExplainedNames(EffectReport effects)
{
    /// <summary>Whether a column holds numbers.</summary>
    internal bool IsNumeric(int column) => LevelsOf(column) is null;

    /// <summary>A value of a column as it is shown.</summary>
    internal string ValueOf(int column, double value) => LevelsOf(column) is { } levels ? levels[(int)value] : Cells.Significant(value);

    private IReadOnlyList<string>? LevelsOf(int column) => effects.Columns.First(effect => effect.Column == column).Levels;
}
