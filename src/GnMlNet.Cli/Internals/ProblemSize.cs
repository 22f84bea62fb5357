namespace GnMlNet.Cli.Internals;

/// <summary>The size of a made-up problem.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Rows">n.</param>
/// <param name="Inputs">How many columns the hidden weights have, the bias's among them.</param>
/// <param name="Hidden">m.</param>
/// <param name="TrainsAll">Whether there are biases and the output layer is trained too, or there are hidden weights alone.</param>
internal sealed record ProblemSize(string Name, int Rows, int Inputs, int Hidden, bool TrainsAll);
