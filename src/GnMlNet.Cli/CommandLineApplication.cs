using System.CommandLine;
using System.CommandLine.Parsing;
using GnMlNet.Cli.Auditing;
using GnMlNet.Cli.Benchmarking;
using GnMlNet.Cli.Certifying;
using GnMlNet.Cli.Clustering;
using GnMlNet.Cli.CrossChecking;
using GnMlNet.Cli.Evaluating;
using GnMlNet.Cli.Explaining;
using GnMlNet.Cli.Exporting;
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
        try
        {
            ParseResult parsed = Root(console, output, errors).Parse(args);
            if (parsed.Errors.Count > 0) return ReportUsage(parsed, errors);
            int code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = errors });
            output.Flush();
            return code;
        }
        catch (Exception error)
        {
            return Report(error, errors);
        }
    }

    /// <summary>All commands.</summary>
    internal static RootCommand Root(IAnsiConsole console, TextWriter output, TextWriter errors) =>
        new("Neural networks for regression, trained by Gauss-Newton, as ML.NET models.")
        {
            TrainCommand.Create(console, output, errors),
            EvaluateCommand.Create(console, output),
            PredictCommand.Create(output, errors),
            ExplainCommand.Create(console, output, errors),
            ExportCommand.Create(console, errors),
            InfoCommand.Create(console, output),
            DataCommand.Create(output, errors),
            BenchCommand.Create(console, output, errors),
            ReproduceCommand.Create(console, output),
            TraceCommand.Create(console),
            CrossCheckCommand.Create(console, output),
            VerifyCommand.Create(console, output),
            AuditCommand.Create(console, output),
            CertifyCommand.Create(console, output),
            SiloCommand.Create(output),
            ClusterCommand.Create(console, output),
        };

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
            case IOException when WriteFailure.IsClosedPipe(error):
                // Whoever closed it wants no more, of messages either.
                return ExitCode.ClosedPipe;
            case UserError or ArgumentException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException:
                errors.WriteLine($"gnml: {error.Message}");
                return ExitCode.Failure;
            default:
                errors.WriteLine($"gnml: internal error, please report it: {error}");
                return ExitCode.InternalError;
        }
    }
}
