using System.CommandLine;
using GnMlNet.Balls;
using GnMlNet.Ledger.Reports;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.Traces;
using Spectre.Console;

namespace GnMlNet.Cli.Verifying;

/// <summary><c>gnml verify</c>: checks what <c>gnml</c> certified, from the numbers of a file alone: a certificate of a step, a ledger or a trace.</summary>
internal static class VerifyCommand
{
    internal static Command Create(IAnsiConsole console, TextWriter output)
    {
        var file = new Argument<string>("FILE") { Description = "A certificate that 'gnml crosscheck' wrote, a ledger.json that 'gnml audit' wrote or a trace that 'gnml trace' wrote, or - for the standard input." };
        var trace = new Option<string?>("--trace") { Description = "The trace that a certificate is of: its rows, settings and step must be those of the certificate." };
        var statements = new Option<string[]>("--statement") { Description = "Of a ledger: compute only the claims of the statement with this label again, such as \"Theorem 1\"; may be given several times. All of them take as long as 'gnml audit'.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("verify", "Check a certificate, a ledger or a trace anew with the exact reference alone, believing nothing that it says of itself. The exit status is 0 if it is proved, 1 if it is refuted or unusable, 3 if it is undecided.") { file, trace, statements };
        command.SetAction(parsed => Run(console, output, parsed.GetValue(file)!, parsed.GetValue(trace), parsed.GetValue(statements) ?? []));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter output, string path, string? trace, string[] statements)
    {
        InputFile file = InputFile.Open(path, "certificate, ledger or trace");
        string text = file.ReadText();
        string? format = FileFormat.Of(text);
        if (trace is not null && format != CertificateFile.Format) throw new UserError($"--trace is for the certificate of a step; '{file.Name}' is none.");
        if (statements.Length > 0 && format != LedgerFile.Format) throw new UserError($"--statement is for a ledger; '{file.Name}' is none.");
        Verification found = format switch
        {
            CertificateFile.Format => CertificateVerification.Of(text, file.Name, trace is null ? null : InputFile.Open(trace, "trace", "'gnml trace' makes one.")),
            LedgerFile.Format => LedgerVerification.Of(text, file.Name, statements, console),
            TraceReader.Format => TraceVerification.Of(file, console),
            _ => throw new UserError($"'{file.Name}' is no certificate, ledger or trace: its member 'format' must be '{CertificateFile.Format}', '{LedgerFile.Format}' or '{TraceReader.Format}'."),
        };
        foreach (string line in found.Lines) output.WriteLine(line);
        return found.Verdict switch { Verdict.Proved => ExitCode.Success, Verdict.Refuted => ExitCode.Failure, _ => ExitCode.Undecided };
    }
}
