using GnMlNet.Cli.Charts;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Dynamics;

namespace GnMlNet.Cli.Reproducing;

/// <summary>Writes figures, traces and the report into the folder.</summary>
internal static class ReproduceFiles
{
    internal const string Report = "report.html";

    internal static void Write(ReproduceResult result, OutputFolder folder)
    {
        IReadOnlyList<(string File, LineChart Chart)> figures = ReproduceFigures.Draw(result);
        foreach ((string file, LineChart chart) in figures) chart.Save(folder.At(file));
        foreach (ScaledFlow flow in result.Flows)
        {
            string name = Invariant($"{flow.ScalingFactor}");
            TrajectoryCsv.Write(folder.At($"gauss-newton-alpha-{name}.csv"), flow.GaussNewton.Points);
            TrajectoryCsv.Write(folder.At($"gradient-flow-alpha-{name}.csv"), flow.GradientFlow.Points);
        }

        foreach (Trajectory flow in result.Overparameterized.Flows)
            TrajectoryCsv.Write(folder.At(Invariant($"overparameterized-rho-{flow.Options.Damping}.csv")), flow.Points);
        folder.Write(Report, ReproducePage.ToHtml(result, figures));
    }
}
