namespace GnMlNet.Preparation;

/// <summary>How the caller calls what settles a refusal: the options of a command, or the arguments of a method.</summary>
/// <param name="Exclude">Leaves out the column of this name.</param>
/// <param name="Features">Names the columns to use.</param>
public sealed record WaysOut(Func<string, string> Exclude, string Features);
