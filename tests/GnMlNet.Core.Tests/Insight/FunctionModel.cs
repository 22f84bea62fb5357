using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Insight;

namespace GnMlNet.Core.Tests.Insight;

/// <summary>A function that is known, as a model to explain, with its gradient where there is one.</summary>
internal sealed class FunctionModel(int columns, Func<double[], double> function, Func<double[], double[]>? gradient = null, IReadOnlyList<ExplainedColumn>? named = null)
    : ExplainedModel(named ?? [.. Enumerable.Range(0, columns).Select(k => new ExplainedColumn($"x{k}"))])
{
    public override double[] Predict(IReadOnlyList<double[]> rows) => [.. rows.Select(function)];

    public override Slope[] Slopes(double[] row) =>
        gradient is null ? base.Slopes(row) : [.. gradient(row).Select((value, k) => Columns[k].IsNumeric ? new Slope(SlopeState.Exists, value, value) : Slope.Without(SlopeState.Categorical))];
}
