using System.CommandLine;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Reference.Minimizers;
using Spectre.Console;

namespace GnMlNet.Cli.Certifying;

/// <summary><c>gnml certify</c>: proves that the weights of a saved model are at a strict local minimum of the objective of their training, or says why not.</summary>
internal static class CertifyCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output)
    {
        Argument<string> model = SharedOptions.Model();
        var data = new Option<string?>("--data") { Description = "The CSV or Parquet file that it was trained on. Without it, California Housing." };
        Option<double?> testFraction = Ranges.OptionalFraction("--test-fraction", "The share of its rows that training held out, as given to 'gnml train'; 0 where the file holds training rows only. Without it, what 'gnml train' holds out without it.");
        Option<int> seed = Ranges.Integer("--seed", "The seed of that split.", 1, 0);
        Option<double?> penalty = Ranges.OptionalNonNegative("--penalty", "The fixed penalty of the training. Without it, 1e-4, the default of a single network; a penalty that adapted is in the model.");
        var polish = new Option<bool>("--polish") { Description = "Take Newton steps on the whole Hessian, in exact arithmetic at the end, until a single network is certified, and save that model." };
        Option<int> steps = Ranges.Integer("--steps", "With --polish: no more damped Newton steps than this.", 2000, 0);
        var result = new Option<string?>("--out") { Description = "With --polish: where to write the polished model; - is standard output. Without it, beside the model, with -polished behind its name." };
        Option<bool> json = SharedOptions.Json("the certificates");
        var command = new Command("certify", "Prove that a strict local minimum of the training objective is at the weights of a model, and how near, or say why not.") { model, data, testFraction, seed, penalty, polish, steps, result, json };
        var reading = new ReadingOptions();
        reading.AddTo(command);
        Rules.Add(command, parsed => SharedOptions.CheckMode(parsed, parsed.GetValue(polish), polish, [result, steps], [], ""));
        command.SetAction(parsed => Run(
            console,
            output,
            new CertifySettings(
                parsed.GetValue(model)!,
                parsed.GetValue(data),
                reading.Read(parsed),
                parsed.GetValue(testFraction),
                parsed.GetValue(seed),
                parsed.GetValue(penalty),
                parsed.GetValue(polish) ? parsed.GetValue(steps) : null,
                parsed.GetValue(result)),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter output, CertifySettings settings, bool json)
    {
        using var interrupts = new Interrupts();
        var job = new CertifyJob(settings, json ? null : console, interrupts.Stop);
        if (settings.MostSteps is not null && job.Model.Network.Ensemble is not null)
            throw new UserError("--polish is for a single network: an ensemble is stopped early by left-out rows, and its networks and intervals would be worse at a minimum. 'gnml train --ensemble 1' trains a single one.");
        using OutputFile? target = settings.MostSteps is null ? null : new OutputFile(settings.Out ?? Beside(settings.Model));
        if (json && target?.IsStandardOutput == true) throw new UserError("--json and --out both write to standard output; give --out a file.");

        IReadOnlyList<CertifyResult> results = job.Run();
        bool isSaved = target is not null && results is [{ Polished: not null, OtherObjective: null, Certificate.Verdict: MinimizerVerdict.Certified }];
        if (isSaved) job.Save(results[0], target!);
        if (json) Json.Write(output, results.Select(CertifySummary.ToJson));
        else if (target?.IsStandardOutput != true) Write(console, job, results, target, isSaved);
        return results.Select(result => result.ExitCode).MaxBy(Rank);
    }

    private static void Write(IAnsiConsole console, CertifyJob job, IReadOnlyList<CertifyResult> results, OutputFile? target, bool isSaved)
    {
        foreach (CertifyResult result in results)
        {
            foreach (string line in CertifySummary.Lines(result, job.Model)) console.WriteLine(line);
        }

        foreach (string line in CertifySummary.Remarks(job.Model, results)) console.WriteLine(line);
        if (isSaved) console.WriteLine($"Model saved to {target!.Name}");
        else if (target is not null) console.WriteLine(results[0].Polished is null && results[0].ExitCode == ExitCode.Success ? "It is certified as it is; nothing was saved." : "Nothing was saved.");
        console.WriteLine(Invariant($"{results.Sum(result => result.Elapsed.TotalSeconds):0.0} s."));
    }

    // A refusal counts more than what is undecided.
    private static int Rank(int code) => code switch { ExitCode.Success => 0, ExitCode.Undecided => 1, _ => 2 };

    private static string Beside(string model) => model == "-" ? "model-polished.zip" : Path.Combine(Path.GetDirectoryName(model) ?? "", $"{Path.GetFileNameWithoutExtension(model)}-polished{Path.GetExtension(model)}");
}
