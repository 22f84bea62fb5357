using System.Globalization;

namespace GnMlNet.Core.Checkpoints;

/// <summary>Values of options as the text that a checkpoint keeps and that messages show.</summary>
internal static class SettingText
{
    internal static string Of(IFormattable? value, string none) => value?.ToString(null, CultureInfo.InvariantCulture) ?? none;

    internal static string Of(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    internal static string Of(bool value) => value ? "true" : "false";
}
