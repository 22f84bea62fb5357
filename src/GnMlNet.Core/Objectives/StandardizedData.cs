using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Objectives;

/// <summary>Rows in standardized units; the row weights sum to 1, so a weighted sum of squares is a mean square.</summary>
internal sealed record StandardizedData(RowBlock[] Blocks, int InputSize);
