namespace GnMlNet.Reference.Traces;

/// <summary>
/// Reads the lines of the iterates of a run, each of which must follow the one before it. Whatever the check needs must be there: only the starting point of a start, which says so by
/// iteration 0, has no step, and only the last point of a flow may lack figures that were not finite.
/// </summary>
/// <param name="run">The header.</param>
/// <param name="rowCount">n.</param>
internal sealed class IterateReader(RecordedRun run, int rowCount)
{
    private static readonly string[] OfInexactSteps = ["share", "remainder", "residualCurvature", "inverseAge", "rejectedDirections"];

    private RecordedIterate? _before;
    private TraceLine? _incomplete;
    private string _missing = "";

    /// <summary>Reads a line.</summary>
    internal RecordedIterate Read(TraceLine line)
    {
        bool isStart = run.Kind == RunKind.Training && line.Integer("iteration") == 0;
        if (_incomplete is { } incomplete && !isStart) throw incomplete.Error($"'{_missing}' is missing, and the run goes on");
        _incomplete = null;
        RecordedIterate iterate = run.Kind == RunKind.Flow ? Flow(line) : Training(line);
        _before = iterate;
        return iterate;
    }

    private RecordedIterate Flow(TraceLine line)
    {
        if (run.Damping == 0 && run.ParameterCount > rowCount) throw line.Error($"a flow without damping with {run.ParameterCount} parameters and {rowCount} rows");
        var iterate = new RecordedIterate
        {
            Iteration = line.Integer("steps"),
            Time = line.Number("time"),
            StepSize = line.Number("stepSize"),
            Loss = AtTheEnd(line, "loss"),
            Parameters = line.Vector("parameters", run.ParameterCount),
            Direction = AtTheEnd(line, "direction", line.Has("direction")) ? line.Vector("direction", run.Layout.TrainedCount) : [],
            OutputGradientNorm = AtTheEnd(line, "outputGradientNorm"),
            RiemannianGradientNorm = AtTheEnd(line, "riemannianGradientNorm"),
            SmallestEigenvalue = line.NumberOrNaN("smallestEigenvalue"),
            LargestEigenvalue = line.NumberOrNaN("largestEigenvalue"),
        };
        if (line.Has("smallestEigenvalue") != line.Has("largestEigenvalue")) throw line.Error("one of 'smallestEigenvalue' and 'largestEigenvalue' is missing");
        if (line.Has("direction") != line.Has("riemannianGradientNorm")) throw line.Error("one of 'direction' and 'riemannianGradientNorm' is missing");
        if (double.IsFinite(iterate.Loss) && !line.Has("outputGradientNorm")) throw line.Error("'outputGradientNorm' is missing");
        if (_before is { } before && double.IsFinite(iterate.Loss) && double.IsFinite(before.SmallestEigenvalue) != line.Has("smallestEigenvalue"))
            throw line.Error("'smallestEigenvalue' is at some points and not at others");
        return iterate;
    }

    private RecordedIterate Training(TraceLine line)
    {
        long trained = run.Layout.TrainedCount;
        var iterate = new RecordedIterate
        {
            Start = line.Integer("start"),
            Iteration = line.Integer("iteration"),
            Parameters = line.Vector("parameters", run.ParameterCount),
            Penalties = run.AdaptsPenalties ? NotNegative(line, "penalties", trained) : [],
            NoisePrecision = run.AdaptsPenalties ? line.Positive("noisePrecision") : double.NaN,
            Precisions = run.AdaptsPenalties ? NotNegative(line, "precisions", run.Inputs + 3) : [],
        };
        if (!run.AdaptsPenalties && line.Has("penalties")) throw line.Error("'penalties' in a run whose penalty does not adapt");
        (int start, int iteration) = _before is { } before ? (before.Start, before.Iteration + 1) : (0, 0);
        if (iterate.Iteration == 0) (start, iteration) = (_before is null ? 0 : start + 1, 0);
        if ((iterate.Start, iterate.Iteration) != (start, iteration)) throw line.Error($"iteration {iterate.Iteration} of start {iterate.Start} where iteration {iteration} of start {start} was expected");
        if (iteration == 0)
        {
            foreach (string name in new[] { "step", "damping", "metric" })
            {
                if (line.Has(name)) throw line.Error($"'{name}' at a starting point, which no step led to");
            }

            // Training ends where the first loss is not finite.
            return iterate with { Loss = AtTheEnd(line, "loss"), MeanSquaredError = AtTheEnd(line, "meanSquaredError"), GradientNorm = AtTheEnd(line, "gradientNorm") };
        }

        double damping = line.Number("damping");
        if (damping < 0) throw line.Error($"damping {damping}");
        int rejected = line.Integer("rejectedSteps");
        if (rejected < 0) throw line.Error($"{rejected} rejected steps");
        return iterate with
        {
            Loss = line.Number("loss"),
            MeanSquaredError = line.Number("meanSquaredError"),
            GradientNorm = line.Number("gradientNorm"),
            Damping = damping,
            GainRatio = AtTheEnd(line, "gainRatio"),
            RejectedSteps = rejected,
            Metric = line.Vector("metric", trained),
            Step = line.Vector("step", trained),
            CurvatureRows = Rows(line),
            CurvatureInSinglePrecision = line.Flag("curvatureInSinglePrecision"),
            EvidenceMatrix = line.Has("evidenceMatrix") ? EvidenceMatrix(line) : [],
            Inexact = OfInexactSteps.Any(line.Has) ? Inexact(line, rejected) : null,
        };
    }

    private double[] EvidenceMatrix(TraceLine line)
    {
        if (!run.AdaptsPenalties || !line.Flag("curvatureInSinglePrecision")) throw line.Error("'evidenceMatrix' where no evidence comes from a matrix in single precision");
        return line.Vector("evidenceMatrix", run.Layout.TrainedCount * (run.Layout.TrainedCount + 1) / 2);
    }

    private RecordedInexactStep Inexact(TraceLine line, int rejected)
    {
        if (run.InexactSteps == InexactSteps.None) throw line.Error("an inexact step in a run without such steps");
        if (Rows(line).Length > 0 || !line.Flag("curvatureInSinglePrecision")) throw line.Error("an inexact step whose curvature is not that of all rows in single precision");
        var step = new RecordedInexactStep
        {
            Share = line.Positive("share"),
            Remainder = line.Vector("remainder", run.Layout.TrainedCount),
            ResidualCurvature = line.VectorOrNone("residualCurvature", RecordedInexactStep.CurvatureCount(run.Inputs, run.HiddenUnits)),
            InverseAge = line.Has("inverseAge") ? line.Integer("inverseAge") : -1,
            RejectedDirections = line.VectorsOrNone("rejectedDirections", run.Layout.TrainedCount),
        };
        if (line.Has("inverseAge") && step.InverseAge < 0) throw line.Error($"'inverseAge' is {step.InverseAge}");
        if (step.RejectedDirections.Count != rejected) throw line.Error($"{step.RejectedDirections.Count} rejected directions and {rejected} rejected steps");
        return step;
    }

    private (int First, int End)[] Rows(TraceLine line)
    {
        (int First, int End)[] ranges = line.Ranges("curvatureRows");
        if (ranges.Length == 0) throw line.Error("'curvatureRows' is empty");
        foreach ((int first, int end) in ranges)
        {
            if (first < 0 || first >= end || end > rowCount) throw line.Error($"curvature rows [{first}, {end}) of {rowCount} rows");
        }

        if (ranges.Length > 2 || (ranges.Length == 2 && ranges[1].End > ranges[0].First)) throw line.Error("curvature rows that are there twice");
        return ranges is [(0, var last)] && last == rowCount ? [] : ranges;
    }

    /// <summary>A number that is left out where it was not finite, with which a run ends.</summary>
    private double AtTheEnd(TraceLine line, string name) => AtTheEnd(line, name, line.Has(name)) ? line.Number(name) : double.NaN;

    private bool AtTheEnd(TraceLine line, string name, bool isThere)
    {
        if (!isThere) (_incomplete, _missing) = (line, name);
        return isThere;
    }

    private static double[] NotNegative(TraceLine line, string name, long count)
    {
        double[] numbers = line.Vector(name, count);
        return numbers.All(number => number >= 0) ? numbers : throw line.Error($"'{name}' must not be negative");
    }
}
