using GnMlNet.Cli.Reading;
using GnMlNet.Core.Insight;

namespace GnMlNet.Cli.Explaining;

/// <summary>What <c>gnml explain</c> is asked for.</summary>
/// <param name="Model">The model file.</param>
/// <param name="Data">The CSV or Parquet file.</param>
/// <param name="Reading">How it is written.</param>
/// <param name="Columns">The columns whose effects are asked for; none for all.</param>
/// <param name="Rows">Rows that curves are means over, at most.</param>
/// <param name="Pairs">For how many pairs a chart is made.</param>
/// <param name="Threads">How many threads may work at once.</param>
/// <param name="Row">The row that is asked for, counted from 1, or null.</param>
/// <param name="Change">The change of it that is asked for, or null.</param>
internal sealed record ExplainSettings(string Model, string Data, ReadingSettings Reading, IReadOnlyList<string> Columns, int Rows, int Pairs, int Threads, int? Row, AskedChange? Change);

/// <summary>A change that is asked for.</summary>
/// <param name="Target">What the score is to become.</param>
/// <param name="Columns">Which columns may change.</param>
internal sealed record AskedChange(WhatIfTarget Target, IReadOnlyList<string> Columns);
