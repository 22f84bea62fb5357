using GnMlNet.Cli.Charts;
using GnMlNet.Cli.Common;
using GnMlNet.Cli.Tables;
using static System.FormattableString;

namespace GnMlNet.Cli.Reproducing;

/// <summary>Writes figures, traces and the report into the folder.</summary>
internal static class ReproduceFiles
{
    internal const string Report = "report.html";

    internal static void Write(ReproduceResult result)
    {
        string At(string name) => Path.Combine(result.Settings.Folder, name);
        IReadOnlyList<(string File, LineChart Chart)> figures = ReproduceFigures.Draw(result);
        foreach ((string file, LineChart chart) in figures) chart.Save(At(file));
        foreach (ScaledFlow flow in result.Flows)
        {
            string name = Invariant($"{flow.ScalingFactor}");
            TrajectoryCsv.Write(At($"gauss-newton-alpha-{name}.csv"), flow.GaussNewton.Points);
            TrajectoryCsv.Write(At($"gradient-flow-alpha-{name}.csv"), flow.GradientFlow.Points);
        }

        foreach (DampedFlow flow in result.Overparameterized.Flows)
            TrajectoryCsv.Write(At(Invariant($"overparameterized-rho-{flow.Damping}.csv")), flow.Trajectory.Points);
        AtomicFile.WriteText(At(Report), writer => writer.Write(ReproducePage.ToHtml(result, figures)));
    }
}
