using System.CommandLine;
using System.CommandLine.Parsing;
using GnMlNet.Cli.Auditing;
using GnMlNet.Cli.Benchmarking;
using GnMlNet.Cli.CrossChecking;
using GnMlNet.Cli.Evaluating;
using GnMlNet.Cli.Generating;
using GnMlNet.Cli.Inspecting;
using GnMlNet.Cli.Predicting;
using GnMlNet.Cli.Reproducing;
using GnMlNet.Cli.Tracing;
using GnMlNet.Cli.Training;
using GnMlNet.Cli.Verifying;
using Spectre.Console;

namespace GnMlNet.Cli;

/// <summary>The command <c>gnml</c>: its subcommands, and what becomes of their errors.</summary>
internal static class CommandLineApplication
{
    /// <param name="args">The words of the command line.</param>
    /// <param name="console">Where people read: tables and live progress.</param>
    /// <param name="output">Where machines read: JSON and CSV.</param>
    /// <param name="errors">Where messages go.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    internal static int Run(string[] args, IAnsiConsole console, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Neural networks for regression, trained by Gauss-Newton, as ML.NET models.")
        {
            TrainCommand.Create(console, output),
            EvaluateCommand.Create(console, output),
            PredictCommand.Create(output, errors),
            InfoCommand.Create(console, output),
            DataCommand.Create(output, errors),
            BenchCommand.Create(console, output),
            ReproduceCommand.Create(console, output),
            TraceCommand.Create(console),
            CrossCheckCommand.Create(console, output),
            VerifyCommand.Create(output),
            AuditCommand.Create(console, output),
        };
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = errors };
        ParseResult parsed = root.Parse(args);
        try
        {
            return parsed.Errors.Count > 0 ? ReportUsage(parsed, errors) : parsed.Invoke(configuration);
        }
        catch (Exception error)
        {
            return Report(error, errors);
        }
    }

    private static int ReportUsage(ParseResult parsed, TextWriter errors)
    {
        foreach (ParseError error in parsed.Errors) errors.WriteLine($"gnml: {error.Message}");
        Command command = parsed.CommandResult.Command;
        errors.WriteLine($"'{(command is RootCommand ? "gnml" : $"gnml {command.Name}")} --help' lists what there is.");
        return ExitCode.Usage;
    }

    private static int Report(Exception error, TextWriter errors)
    {
        // ML.NET wraps what a model's constructor throws; the innermost message is the one that says what happened.
        while (error.InnerException is not null) error = error.InnerException;
        switch (error)
        {
            case OperationCanceledException:
                errors.WriteLine("gnml: aborted; nothing was written.");
                return ExitCode.Interrupted;
            case UserError or ArgumentException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException:
                errors.WriteLine($"gnml: {error.Message}");
                return ExitCode.Failure;
            default:
                errors.WriteLine($"gnml: internal error, please report it: {error}");
                return ExitCode.InternalError;
        }
    }
}
