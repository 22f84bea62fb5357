using GnMlNet.Balls;
using GnMlNet.Reference.Audits;

namespace GnMlNet.Cli.Auditing;

/// <summary>Which theorem covers a saved network, and what is certified of it, in plain words.</summary>
internal static class ModelAuditSummary
{
    internal static IEnumerable<string> Lines(string name, ModelAudit audit)
    {
        yield return Invariant($"{name}: {audit.Parameters} weights, {audit.Rows} rows.");
        if (!audit.IsOfThePaper)
        {
            string[] reasons =
            [
                .. audit.HasBiases ? ["hidden units have biases", "the output has a bias"] : Array.Empty<string>(),
                .. audit.HasFixedSigns ? Array.Empty<string>() : ["output weights are trained, not fixed signs"],
            ];
            yield return $"No theorem of the paper covers it, nor a repaired one: {string.Join(", ", reasons)}.";
        }
        else if (audit.Threshold is { } alpha)
        {
            string theorem = audit.Parameters >= audit.Rows ? "1R, with damping" : "5R, without damping and with r = 1/2";
            yield return $"It is a network of the paper. A flow that starts at these weights, with outputs counted from there, is covered by {theorem} for α above {Text(alpha)}.";
        }
        else
        {
            yield return "It is a network of the paper, but its Jacobian on these rows is not proved to have full rank, so no theorem covers a flow that starts at these weights.";
        }

        yield return $"Certified: mean squared error {Text(audit.Loss)}, norm of its gradient {Text(audit.GradientNorm)} (without a penalty).";
        if (audit.SmallestEigenvalue is { } least && audit.StepLength is { } length)
        {
            yield return Invariant($"The Gauss-Newton matrix is positive definite, its smallest eigenvalue above {least.ToDouble():G3}: to first order no direction leaves the outputs on these rows unchanged.");
            yield return $"The undamped Gauss-Newton step from here has the length {Text(length)}, beside weights of the length {Text(audit.WeightNorm)}.";
        }
        else
        {
            yield return audit.Parameters > audit.Rows
                ? "There are more weights than rows, so the Gauss-Newton matrix is singular: some directions leave the outputs on these rows unchanged to first order."
                : "The Gauss-Newton matrix is not proved to be positive definite.";
        }
    }

    private static string Text(Ball ball) => ball.IsFinite ? Invariant($"{ball.Midpoint.ToDouble():G6}") : "not enclosed";
}
