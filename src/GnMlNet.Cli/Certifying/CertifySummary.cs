using GnMlNet.Balls;
using GnMlNet.Cli.Models;
using GnMlNet.Core.Ensembles;
using GnMlNet.Reference.Minimizers;

namespace GnMlNet.Cli.Certifying;

/// <summary>What is certified of weights, in plain words and for programs.</summary>
internal static class CertifySummary
{
    private const int MostEntries = 4;

    // Where a minimum this near cannot be told from here, curvature is not what keeps it away.
    private const double FlatReach = 1e-12;

    internal static IEnumerable<string> Lines(CertifyResult result, SavedModel model)
    {
        MinimizerCertificate at = result.Certificate;
        string name = Invariant($"{result.Network.Name}, {result.Network.Objective.ParameterCount} weights on {result.Network.Objective.Run.Rows.Count} rows");
        if (result.OtherObjective is { } recorded)
        {
            yield return Invariant($"{name}: not certified, since this is not the objective that it was trained for. Training recorded {recorded:G8}; here it is {Text(at.Objective)}, with a gradient of the length {Text(at.GradientNorm)}.");
            yield return result.HasRowsOfTraining
                ? $"The rows are those of training, the penalty is not: give --penalty as in training. What was recorded makes it about {Penalty(result)}."
                : "These are not the rows of training, or training gave them weights (--loss huber), which the model does not hold. --data takes the file of the training; --test-fraction and --seed are those of 'gnml train' (--test-fraction 0 where the file holds training rows only).";
            yield break;
        }

        if (result.Polished is { } polished)
        {
            yield return Invariant($"{name}: polished by {polished.DampedSteps} damped Newton steps in double and {polished.ExactSteps} in exact arithmetic, which moved the weights by {polished.Moved:G3} and the objective from {Text(result.Before!.Objective)} to {Text(at.Objective)}.");
        }

        foreach (string line in Verdict(name, at, result, model)) yield return line;
    }

    /// <summary>What is said of the whole model behind its networks.</summary>
    internal static IEnumerable<string> Remarks(SavedModel model, IReadOnlyList<CertifyResult> results)
    {
        if (model.Network.Ensemble is not { } ensemble) yield break;
        if (results.Any(result => result.Certificate.Verdict != MinimizerVerdict.Certified))
            yield return "An ensemble is stopped early by left-out rows: its networks are not at a minimum, which is intended.";
        if (ensemble.Members.OfType<KernelMember>().Any()) yield return "The kernel block is not part of this certificate: it is linear in its weights, and 'gnml crosscheck --model' certifies them.";
    }

    internal static object ToJson(CertifyResult result)
    {
        MinimizerCertificate at = result.Certificate;
        bool isCertified = at.Verdict == MinimizerVerdict.Certified && result.OtherObjective is null;
        return new
        {
            result.Network.Name,
            rows = result.Network.Objective.Run.Rows.Count,
            parameters = result.Network.Objective.ParameterCount,
            verdict = result.OtherObjective is null ? at.Verdict.ToString() : "OtherObjective",
            objective = at.Objective.Midpoint.ToDouble(),
            meanSquaredError = at.Squares.Midpoint.ToDouble(),
            recordedObjective = result.Network.Recorded?.Loss,
            gradientNorm = at.GradientNorm.AbsUpper().ToDouble(),
            smallestEigenvalue = new { atLeast = at.SmallestEigenvalue.Lower is { } lower ? Down(lower) : double.NaN, atMost = at.SmallestEigenvalue.Upper is { } upper ? Up(upper) : double.NaN },
            newtonStep = at.NewtonStep.ToDouble(),
            hessianModulus = at.Modulus.ToDouble(),
            radius = at.Radius.ToDouble(),
            criterion = at.Criterion.ToDouble(),
            greatestNewtonStep = Down(at.GreatestStep),
            greatestGradientNorm = Down(at.GreatestGradient),
            minimumWithin = isCertified ? at.Existence.ToDouble() : double.NaN,
            onlyOneWithin = isCertified ? Down(at.Uniqueness) : double.NaN,
            objectiveGap = isCertified ? at.ObjectiveGap.ToDouble() : double.NaN,
            smallestEigenvalueAtMinimum = isCertified ? Down(at.SmallestEigenvalueAtMinimum) : double.NaN,
            direction = at.Direction.Count > 0 ? at.Direction : null,
            curvature = at.Curvature.IsFinite ? Up(at.Curvature.Upper) : double.NaN,
            noMinimumWithin = Down(at.NoMinimumWithin),
            polished = result.Polished is { } polished ? new { polished.DampedSteps, polished.ExactSteps, polished.Moved, objectiveBefore = result.Before!.Objective.Midpoint.ToDouble() } : null,
            seconds = result.Elapsed.TotalSeconds,
        };
    }

    private static IEnumerable<string> Verdict(string name, MinimizerCertificate at, CertifyResult result, SavedModel model)
    {
        switch (at.Verdict)
        {
            case MinimizerVerdict.Certified:
                yield return $"{name}: certified. A strict local minimum exists within {Up(at.Existence)} of these weights, is the only stationary point within {Text(Down(at.Uniqueness))}, and the training objective, {Text(at.Objective)}, is within {Up(at.ObjectiveGap)} of it.";
                yield return $"Proved from a gradient of the length {Text(at.GradientNorm)}, a smallest eigenvalue of the Hessian of at least {Text(Down(at.SmallestEigenvalue.Lower!.Value))}, which changes by at most {Up(at.Modulus)} times the distance, and so h = {Up(at.Criterion)} below 1/2; at the minimum the eigenvalue is at least {Text(Down(at.SmallestEigenvalueAtMinimum))}. Distances are in the units of training.";
                break;
            case MinimizerVerdict.NotConverged:
                yield return $"{name}: not certified, since the gradient is too large: training has not converged. The Newton step from here has the length {Up(at.NewtonStep)} and may have {Text(Down(at.GreatestStep))}; the gradient has {Text(at.GradientNorm)}, where {Text(Down(at.GreatestGradient))} would do (h = {Up(at.Criterion)}, to be below 1/2).";
                yield return $"The Hessian is positive definite here, its smallest eigenvalue at least {Text(Down(at.SmallestEigenvalue.Lower!.Value))}.{Advice(result)}";
                break;
            case MinimizerVerdict.NegativeCurvature:
                bool isFlat = Down(at.NoMinimumWithin) < FlatReach;
                string reason = isFlat ? "the Hessian is indefinite, if only by a trace" : at.LooksLikeSaddle ? "these weights are at a saddle or beside one, not at a minimum: the Hessian is indefinite" : "training has not converged, and the Hessian is indefinite, as at a saddle";
                yield return $"{name}: not certified, since {reason}. Along a direction its curvature is {Text(Up(at.Curvature.Upper))} or less, so the objective falls along it, and no local minimum lies within {Text(Down(at.NoMinimumWithin))}. The gradient has the length {Text(at.GradientNorm)}.";
                yield return $"The direction moves most: {Entries(at.Direction, result, model)}.{(isFlat ? " So little curvature is that of a flat direction, such as the bias of a unit whose output weight has gone to 0: no strict minimum is there; train with fewer hidden units." : Advice(result))}";
                break;
            default:
                string lower = at.SmallestEigenvalue.Lower is { } least ? Text(Down(least)) : "?", upper = at.SmallestEigenvalue.Upper is { } most ? Text(Up(most)) : "?";
                yield return $"{name}: undecided. The smallest eigenvalue of the Hessian is between {lower} and {upper}: it is not proved to be positive, nor negative. The gradient has the length {Text(at.GradientNorm)}.";
                yield return "A direction along which the objective does not change to second order, such as of a unit whose output weight is 0, has no strict minimum.";
                break;
        }
    }

    private static string Advice(CertifyResult result) => result.Polished is null && result.Network.Recorded is not null ? " --polish takes Newton steps until it is certified." : "";

    private static string Entries(IReadOnlyList<double> direction, CertifyResult result, SavedModel model) => string.Join(", ", direction.Index()
        .OrderByDescending(entry => Math.Abs(entry.Item)).Take(MostEntries).Select(entry => Invariant($"{NameOf(entry.Index, result.Network, model)} ({entry.Item:0.00})")));

    private static string NameOf(int weight, NetworkToCertify network, SavedModel model)
    {
        RecordedShape shape = new(network.Objective.Run.Inputs, network.Objective.Run.HiddenUnits);
        if (weight == shape.OutputBias) return "the output bias";
        if (weight >= shape.FirstOutputWeight) return Invariant($"the output weight of unit {weight - shape.FirstOutputWeight + 1}");
        (int unit, int input) = (weight / shape.UnitLength, weight % shape.UnitLength);
        if (input == shape.Inputs) return Invariant($"the bias of unit {unit + 1}");
        return input < model.FeatureNames.Count ? Invariant($"the weight of {model.FeatureNames[input]} in unit {unit + 1}") : Invariant($"the weight of feature {input + 1} in unit {unit + 1}");
    }

    private static string Penalty(CertifyResult result)
    {
        double[] squares = [.. NetworkToCertify.InTraining(result.Network.Weights, result.Network.Units).ToDoubles().Select(weight => weight * weight)];
        double sum = squares.Zip(result.Network.Objective.Penalties, (square, penalty) => penalty > 0 ? square : 0).Sum();
        return Invariant($"{(result.Network.Recorded!.Value.Loss - result.Network.Recorded.Value.MeanSquaredError) / sum:G6}");
    }

    private static double Down(Dyadic value)
    {
        double nearest = value.ToDouble();
        return double.IsFinite(nearest) && Dyadic.FromDouble(nearest) > value ? Math.BitDecrement(nearest) : nearest;
    }

    private static double Up(Dyadic value) => -Down(-value);

    private static string Up(Magnitude value) => value.ToString();

    private static string Text(Ball ball) => ball.IsFinite ? Invariant($"{ball.Midpoint.ToDouble():G6}") : "not enclosed";

    private static string Text(double value) => Invariant($"{value:0.000E+0}");

    private readonly record struct RecordedShape(int Inputs, int Units)
    {
        internal int UnitLength => Inputs + 1;

        internal int FirstOutputWeight => Units * UnitLength;

        internal int OutputBias => FirstOutputWeight + Units;
    }
}
