namespace GnMlNet.Cli.Internals;

/// <summary>The size of a made-up problem.</summary>
/// <param name="Rows">n.</param>
/// <param name="Inputs">How many columns the hidden weights have, the bias's among them.</param>
/// <param name="Hidden">m.</param>
/// <param name="TrainsAll">Whether there are biases and the output layer is trained too, or there are hidden weights alone.</param>
internal sealed record ProblemSize(int Rows, int Inputs, int Hidden, bool TrainsAll)
{
    /// <summary>p.</summary>
    private int Parameters => TrainsAll ? (Hidden * (Inputs + 1)) + 1 : Hidden * Inputs;

    /// <summary>What it is called in reports.</summary>
    public override string ToString() => Invariant(
        $"{Rows:N0} rows, {(TrainsAll ? $"{Inputs - 1} inputs and bias" : $"{Inputs} inputs")}, {Hidden:N0} units, {(TrainsAll ? "all" : "hidden")} weights (p = {Parameters:N0})");
}
