using GnMlNet.Core.Insight;

namespace GnMlNet.Cli.Explaining;

/// <summary>What <c>gnml explain</c> found.</summary>
/// <param name="Table">The name of the file.</param>
/// <param name="Label">What is predicted.</param>
/// <param name="Model">The model in one line.</param>
/// <param name="RowCount">The rows of the file.</param>
/// <param name="Effects">What predictions depend on.</param>
/// <param name="Row">The row that was asked for, or null.</param>
/// <param name="Change">The smallest change of it, where it was asked for.</param>
internal sealed record ExplainResult(string Table, string Label, string Model, int RowCount, EffectReport Effects, ExplainedRow? Row, WhatIfResult? Change);
