using System.CommandLine;
using System.CommandLine.Help;
using GnMlNet.Cli.Common;
using Spectre.Console.Testing;

namespace GnMlNet.Cli.Tests;

/// <summary>Every option of every command, found by asking the commands, without a value and with ones that cannot be meant.</summary>
public sealed class CommandLineErrorTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    public static TheoryData<string, string> Options
    {
        get
        {
            using var console = new TestConsole();
            var options = new TheoryData<string, string>();
            foreach ((string[] path, Command command) in Leaves(CommandLineApplication.Root(console, TextWriter.Null, TextWriter.Null), []))
            {
                // A flag without a value is no error.
                foreach (Option option in command.Options.Where(option => option is not (HelpOption or VersionOption) && option.ValueType != typeof(bool))) options.Add(string.Join(' ', path), option.Name);
            }

            return options;
        }
    }

    [Theory, MemberData(nameof(Options))]
    public void An_option_without_a_value_or_with_a_meaningless_one_is_reported_in_words(string command, string option)
    {
        // Neither a number nor a name; as a path it leads through a file, so that nothing can be read or written there.
        string nonsense = Path.Combine(_gnml.Write("file", ""), "nonsense");
        string[] words = [.. command.Split(' '), .. Arguments(command).Select(_ => nonsense)];
        Report(CommandLine.Run([.. words, option])).Should().Be(ExitCode.Usage);
        foreach (string[] values in new[] { new[] { nonsense }, [""], [nonsense, nonsense] })
            Report(CommandLine.Run([.. words, .. values.SelectMany(value => new[] { option, value })])).Should().BeOneOf(ExitCode.Usage, ExitCode.Failure);
        Directory.GetFileSystemEntries(_gnml.Folder).Should().Equal(_gnml.PathOf("file"));
    }

    [Theory]
    [InlineData("--rows must be a whole number of at least 1; 'x' is not", "trace", "--rows", "x")]
    [InlineData("--rows must be a whole number of at least 1; '' is not", "crosscheck", "--rows", "")]
    [InlineData("--intervals must be one of None, LeftOutRows, Ensemble, HeldOutRows; '7' is not", "train", "--intervals", "7")]
    [InlineData("'--data'", "crosscheck", "--data")]
    [InlineData("'--label'", "train", "--label")]
    [InlineData("'--rows'", "trace", "--rows", "1", "--rows", "2")]
    public void The_option_is_named_with_what_it_must_be(string message, params string[] words)
    {
        CommandLine.Outcome outcome = CommandLine.Run(words);
        Report(outcome).Should().Be(ExitCode.Usage);
        outcome.Errors.Should().Contain(message).And.Contain($"'gnml {words[0]} --help'");
    }

    /// <summary>The exit code of a command that has done nothing but say why.</summary>
    private static int Report(CommandLine.Outcome outcome)
    {
        outcome.Console.Should().BeEmpty();
        outcome.Output.Should().BeEmpty();
        outcome.Errors.Should().StartWith("gnml: ").And.NotContain("internal error").And.NotContain("   at ").And.NotContain("System.").And.NotContain("(Parameter");
        return outcome.Code;
    }

    private static IEnumerable<Argument> Arguments(string command)
    {
        using var console = new TestConsole();
        return Leaves(CommandLineApplication.Root(console, TextWriter.Null, TextWriter.Null), []).Single(leaf => string.Join(' ', leaf.Path) == command).Command.Arguments;
    }

    private static IEnumerable<(string[] Path, Command Command)> Leaves(Command command, string[] path) =>
        command.Subcommands.Count == 0 ? [(path, command)] : command.Subcommands.SelectMany(next => Leaves(next, [.. path, next.Name]));
}
