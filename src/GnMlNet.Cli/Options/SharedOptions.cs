using System.CommandLine;

namespace GnMlNet.Cli.Options;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    internal static Argument<string> Model() => new("MODEL") { Description = "A model that 'gnml train' wrote." };

    /// <param name="what">What is written as JSON.</param>
    internal static Option<bool> Json(string what) => new("--json") { Description = $"Write {what} as JSON." };

    /// <param name="name">Its name where none is given.</param>
    internal static Option<string> Folder(string name) => new("--out") { Description = "The folder to write to; made if it is not there.", DefaultValueFactory = _ => name };

    internal static Option<string?> ResultFile() => new("--out") { Description = "The CSV file to write. Without it, rows go to standard output." };

    internal static Option<int> Threads() => Ranges.Integer("--threads", "How many threads may work at once; the result does not depend on it.", Environment.ProcessorCount, 1);

    internal static Option<Core.Networks.Activation> Activation()
    {
        var activation = new Option<Core.Networks.Activation>("--activation")
        {
            Description = "The activation of the hidden units.",
            DefaultValueFactory = _ => Core.Networks.Activation.Tanh,
            CustomParser = result => Core.Networks.Activation.All.FirstOrDefault(known => known.Name == result.Tokens.Single().Value),
        };
        activation.AcceptOnlyFromAmong([.. Core.Networks.Activation.All.Select(known => known.Name)]);
        return activation;
    }
}
