using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Output;
using GnMlNet.Cli.Reading;
using GnMlNet.Core.Ensembles;
using Microsoft.ML;
using Spectre.Console;

namespace GnMlNet.Cli.Exporting;

/// <summary>An exported graph beside its model on the rows of a file.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="File">The file.</param>
/// <param name="WithModel">How far ONNX Runtime is from ML.NET.</param>
/// <param name="InDouble">How far it is from the model in double precision, where ML.NET evaluates its kernel block in single; else null.</param>
internal sealed record GraphCheck(int Rows, string File, Agreement WithModel, Agreement? InDouble)
{
    /// <summary>Whether the graph computes what the model does. What single precision costs on the other side is no fault of it.</summary>
    internal bool IsPassed => (InDouble ?? WithModel).IsClose;

    /// <summary>Scores a file both ways.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file.</param>
    /// <param name="onnx">The graph.</param>
    /// <exception cref="UserError">The file has no rows, or a column that the model needs is missing.</exception>
    internal static GraphCheck Of(SavedModel model, TableFile file, byte[] onnx)
    {
        string[] names = [.. ExportableModel.Outputs(model.Network)];
        IDataView rows = model.Rows(file), scored = model.Score(rows);
        double[][] expected = NumberColumns.Read(scored, names);
        if (expected[0].Length == 0) throw new UserError($"{file.Path}: there are no rows to check the graph on.");
        double[][] found = OnnxScores.Read(onnx, rows, names);
        double? unit = model.Network.Ensemble?.Label.Deviation;
        NetworkEnsemble? inDouble = DoublePrecision.Of(model.Network.Ensemble);
        return new GraphCheck(
            expected[0].Length,
            Path.GetFileName(file.Path),
            Agreement.Of(names, expected, found, unit),
            inDouble is null ? null : Agreement.Of(names, DoublePrecision.Predict(inDouble, scored, model.FeatureColumn), found, unit));
    }

    internal void WriteTo(IAnsiConsole console)
    {
        console.Write(WithModel.ToTable(Invariant($"ONNX Runtime against ML.NET on {Rows} rows of {File}; the label's standard deviation is {Cells.Significant(WithModel.Unit)}")));
        if (InDouble is null) return;
        console.WriteLine("This model says that ML.NET is to evaluate its kernel block in single precision; the graph does so in double, which is more exact. Against the model in double:");
        console.Write(InDouble.ToTable("ONNX Runtime against the model in double precision"));
    }
}
