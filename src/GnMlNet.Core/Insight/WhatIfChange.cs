namespace GnMlNet.Core.Insight;

/// <summary>How one column is changed.</summary>
/// <param name="Column">Which column, counted from 0.</param>
/// <param name="Name">What it is called.</param>
/// <param name="From">Its value before.</param>
/// <param name="To">Its value after.</param>
/// <param name="Deviations">The change in standard deviations of the column over the rows.</param>
public sealed record WhatIfChange(int Column, string Name, double From, double To, double Deviations);
