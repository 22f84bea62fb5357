using GnMlNet.Cli;
using Spectre.Console;

using var signals = new EndingSignals();
// Spectre.Console folds lines at 80 columns where there is no terminal to ask.
if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 160;
return CommandLineApplication.Run(args, AnsiConsole.Console, StandardOutput.OpenText(), Console.Error);
