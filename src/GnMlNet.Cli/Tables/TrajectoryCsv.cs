using GnMlNet.Core.Dynamics;

namespace GnMlNet.Cli.Tables;

/// <summary>The recorded points of a flow as a CSV file, a row a point.</summary>
internal static class TrajectoryCsv
{
    private static readonly (string Name, Func<FlowPoint, double> Value)[] Columns =
    [
        ("time", point => point.Time),
        ("steps", point => point.Steps),
        ("step_size", point => point.StepSize),
        ("loss", point => point.Loss),
        ("distance", point => point.Distance),
        ("output_gradient_norm", point => point.OutputGradientNorm),
        ("riemannian_gradient_norm", point => point.RiemannianGradientNorm),
        ("dissipation_defect", point => point.DissipationDefect),
        ("smallest_eigenvalue", point => point.SmallestEigenvalue),
        ("largest_eigenvalue", point => point.LargestEigenvalue),
    ];

    internal static void Write(string path, IEnumerable<FlowPoint> points) => OutputFile.WriteText(path, writer => NumberCsv.Write(writer, Columns, points));
}
