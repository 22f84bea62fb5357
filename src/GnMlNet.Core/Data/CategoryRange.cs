namespace GnMlNet.Core.Data;

/// <summary>Features that are the indicators of one categorical column: 1 for the row's category, 0 for the others.</summary>
/// <param name="First">The first of them, counted from 0.</param>
/// <param name="Last">The last of them.</param>
public readonly record struct CategoryRange(int First, int Last);
