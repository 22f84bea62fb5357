using System.Globalization;

namespace GnMlNet.Core.Training;

/// <summary>The end of a training run: the rule that ended it, with the figure that it saw.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Value">The quantity the rule watches, at the end.</param>
/// <param name="Threshold">What <paramref name="Value"/> was compared with.</param>
public readonly record struct Termination(StoppingRule Rule, double Value, double Threshold)
{
    /// <summary>Whether the rule is one of convergence, rather than a limit or a request.</summary>
    public bool HasConverged => Rule is StoppingRule.GradientTolerance or StoppingRule.StepTolerance or StoppingRule.LossTolerance;

    /// <summary>One line for people, for example <c>LossTolerance: 8.1e-05, threshold 1e-04</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Rule}: {Value:G4}, threshold {Threshold:G4}");
}
