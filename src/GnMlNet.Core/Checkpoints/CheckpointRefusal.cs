namespace GnMlNet.Core.Checkpoints;

/// <summary>What keeps training from going on from a checkpoint: it is of another run. Whoever shows it says it in the words of its own options.</summary>
/// <param name="Path">The file, or what the checkpoint is called.</param>
/// <param name="Option">The option that differs, by its name in the core or among <see cref="CheckpointOptions.Settings"/>; null where it is something else.</param>
/// <param name="Recorded">What it was: the option's value, or a phrase that follows "the checkpoint is".</param>
/// <param name="Present">What it is now: the option's value, or a phrase that follows "this is".</param>
public sealed record CheckpointRefusal(string Path, string? Option, string Recorded, string Present)
{
    /// <summary>What differs, and the way out.</summary>
    /// <param name="setting">How to say an option and its value, such as <c>--hidden 30</c>.</param>
    public string Explain(Func<string, string, string> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        string difference = Option is null ? $"is {Recorded}; this is {Present}" : $"was written with {setting(Option, Recorded)}; now it is {Present}";
        return $"The checkpoint '{Path}' {difference}. Go on with what it was written with, or remove it to begin anew.";
    }
}
