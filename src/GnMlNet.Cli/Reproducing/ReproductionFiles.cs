using GnMlNet.Cli.Charts;
using GnMlNet.Cli.Common;
using GnMlNet.Cli.Tables;
using static System.FormattableString;

namespace GnMlNet.Cli.Reproducing;

/// <summary>Writes figures, traces and the report into the folder.</summary>
internal static class ReproductionFiles
{
    internal const string Report = "report.html";

    internal static void Write(ReproductionResult result)
    {
        string At(string name) => Path.Combine(result.Settings.Folder, name);
        IReadOnlyList<(string File, LineChart Chart)> figures = ReproductionFigures.Draw(result);
        foreach ((string file, LineChart chart) in figures) chart.Save(At(file));
        foreach (ScaledFlow flow in result.Flows)
        {
            string name = Invariant($"{flow.ScalingFactor}");
            TrajectoryCsv.Write(At($"gauss-newton-alpha-{name}.csv"), flow.GaussNewton.Points);
            TrajectoryCsv.Write(At($"gradient-flow-alpha-{name}.csv"), flow.GradientFlow.Points);
        }

        foreach (DampedFlow flow in result.Overparameterized.Flows)
            TrajectoryCsv.Write(At(Invariant($"overparameterized-rho-{flow.Damping}.csv")), flow.Trajectory.Points);
        AtomicFile.WriteText(At(Report), writer => writer.Write(ReproductionReport.ToHtml(result, figures)));
    }
}
