using GnMlNet.Core.Insight;

namespace GnMlNet.Cli.Explaining;

/// <summary>What <c>gnml explain</c> found.</summary>
/// <param name="Table">The name of the CSV file.</param>
/// <param name="Label">What is predicted.</param>
/// <param name="Model">The model in one line.</param>
/// <param name="RowCount">The rows of the file.</param>
/// <param name="Effects">What predictions depend on.</param>
/// <param name="Change">The smallest change of a row, where it was asked for.</param>
/// <param name="ChangedRow">The number of that row, from 1.</param>
internal sealed record ExplainResult(string Table, string Label, string Model, int RowCount, EffectReport Effects, WhatIfResult? Change, int ChangedRow);
