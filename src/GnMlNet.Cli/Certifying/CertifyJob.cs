using System.Diagnostics;
using GnMlNet.Cli.CrossChecking;
using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Output;
using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Training;
using GnMlNet.Reference.Minimizers;
using Spectre.Console;

namespace GnMlNet.Cli.Certifying;

/// <summary>The work of <c>gnml certify</c>.</summary>
/// <param name="settings">What was asked for.</param>
/// <param name="console">Where progress goes; null for none.</param>
/// <param name="stop">Ends the work.</param>
internal sealed class CertifyJob(CertifySettings settings, IAnsiConsole? console, CancellationToken stop)
{
    /// <summary>The model, once it is read.</summary>
    internal SavedModel Model { get; } = SavedModel.Load(settings.Model);

    /// <summary>The results, one after the other.</summary>
    internal IReadOnlyList<CertifyResult> Run()
    {
        TableFile file = TableFile.Open(settings.Data ?? CaliforniaHousing.Path, settings.Reading);
        // After the columns: a file of another table is no matter of its split.
        var split = new Lazy<RowSplit>(() => new RowSplit(RowCount(file), settings.TestFraction, settings.Seed));
        IReadOnlyList<NetworkToCertify> networks = ModelObjectives.Of(ModelOnRows.Read(Model, settings.Model, file, row => split.Value.IsTraining(row)), settings.Penalty);
        return [.. networks.Select(Certify)];
    }

    /// <summary>Saves the model with polished weights.</summary>
    internal void Save(CertifyResult result, OutputFile target)
    {
        Polish.Result polished = result.Polished!;
        MinimizerCertificate certificate = result.Certificate;
        var last = new TrainingIteration
        {
            Start = result.Network.Recorded!.Value.Start,
            Iteration = result.Network.Recorded.Value.Iteration + polished.DampedSteps + polished.ExactSteps,
            Loss = certificate.Objective.Midpoint.ToDouble(),
            MeanSquaredError = certificate.Squares.Midpoint.ToDouble(),
            ValidationError = double.NaN,
            // The Euclidean norm is no smaller than the greatest entry.
            GradientNorm = certificate.GradientNorm.AbsUpper().ToDouble(),
            StepNorm = polished.Moved,
            GainRatio = double.NaN,
            CurvatureRows = result.Network.Objective.Run.Rows.Count,
            NoisePrecision = double.NaN,
            EffectiveParameters = double.NaN,
        };
        Model.SaveWith(schema => PolishedModel.Of(Model.Context, Model.Transformer, schema, polished.Weights, last), target.Stream);
        target.Commit();
    }

    private CertifyResult Certify(NetworkToCertify network)
    {
        stop.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        MinimizerCertificate certificate = Show($"Certifying {network.Name}", _ => NewtonKantorovich.Certify(network.Objective, NetworkToCertify.InTraining(network.Weights, network.Units)));
        var result = new CertifyResult(network, certificate, Polished: null, Before: null, Stopwatch.GetElapsedTime(start));
        // Where the objective is another one its minimum is none of training.
        if (settings.MostSteps is not { } most || result.OtherObjective is not null || certificate.Verdict == MinimizerVerdict.Certified) return result;
        Polish.Result polished = Show($"Polishing {network.Name}", advance => Polish.Run(network.Objective, network.Weights, network.Units, most, (_, _) => advance(1.0 / most), stop));
        MinimizerCertificate after = Show($"Certifying {network.Name}", _ => NewtonKantorovich.Certify(network.Objective, NetworkToCertify.InTraining(polished.Weights, network.Units)));
        return new CertifyResult(network, after, polished, certificate, Stopwatch.GetElapsedTime(start));
    }

    private T Show<T>(string title, Func<Action<double>, T> work) => console is null ? work(_ => { }) : Bar.Run(console, title, work);

    private static int RowCount(TableFile file)
    {
        using TableFile.Reader reader = file.Read();
        int count = 0;
        while (reader.MoveNext()) count++;
        return count;
    }
}
