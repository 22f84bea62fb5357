namespace GnMlNet.Preparation;

/// <summary>How the caller calls what settles a refusal: the options of a command, or the arguments of a method.</summary>
/// <param name="exclude">What leaves out the column of a name.</param>
/// <param name="features">What names the columns to use.</param>
public sealed class WaysOut(Func<string, string> exclude, string features)
{
    internal string Features => features;

    internal string Exclude(string column) => exclude(column);
}
