using System.CommandLine;
using GnMlNet.Balls;
using GnMlNet.Reference.Certificates;

namespace GnMlNet.Cli.Verifying;

/// <summary><c>gnml verify</c>: checks a certificate that <c>gnml crosscheck</c> wrote, from its numbers alone.</summary>
internal static class VerifyCommand
{
    internal static Command Create(TextWriter output)
    {
        var certificate = new Argument<string>("CERTIFICATE") { Description = "A certificate that 'gnml crosscheck' wrote, or - for the standard input." };
        var command = new Command("verify", "Check the certificate of a step anew, believing nothing that it says of itself.") { certificate };
        command.SetAction(parsed => Run(output, parsed.GetValue(certificate)!));
        return command;
    }

    private static int Run(TextWriter output, string path)
    {
        string text = InputFile.Open(path, "certificate").ReadText();
        StepCertificate certificate;
        try
        {
            certificate = CertificateFile.Read(text);
        }
        catch (FormatException error)
        {
            throw new UserError($"{path}: {error.Message}");
        }

        (Verdict verdict, string reason) = CertificateChecker.Check(certificate);
        output.WriteLine($"{verdict}: {reason}");
        return verdict == Verdict.Proved ? ExitCode.Success : ExitCode.Failure;
    }
}
