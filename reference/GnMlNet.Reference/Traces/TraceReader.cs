using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Traces;

/// <summary>Reads a trace file. It shares no code with what writes one.</summary>
public static class TraceReader
{
    /// <summary>What the file calls itself.</summary>
    public const string Format = "gnmlnet-trace";

    /// <summary>Reads and checks lines.</summary>
    /// <param name="lines">The lines of a trace file.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <exception cref="FormatException">The lines are no trace, or something in them does not fit; the message names the line and what is wrong.</exception>
    public static RecordedRun Read(IEnumerable<string> lines, string name)
    {
        RecordedRun? run = null;
        var rows = new List<RecordedRow>();
        var iterates = new List<RecordedIterate>();
        int number = 0;
        using var hash = new TraceHash();
        foreach (string text in lines)
        {
            number++;
            hash.Add(text);
            if (string.IsNullOrWhiteSpace(text)) continue;
            var line = new TraceLine(name, number, text);
            if (run is null)
            {
                run = Header(line);
            }
            else if (line.Has("row"))
            {
                if (iterates.Count > 0) throw line.Error("a row behind the iterates");
                if (line.Integer("row") != rows.Count) throw line.Error($"row {line.Integer("row")} where row {rows.Count} was expected");
                rows.Add(new RecordedRow(line.Vector("x", run.Inputs), line.Number("y"), Positive(line, "weight")));
            }
            else
            {
                iterates.Add(Iterate(line, run, rows.Count));
            }
        }

        if (run is null) throw new FormatException($"{name}: the file is empty; line 1 must be the header of a trace.");
        if (rows.Count == 0) throw new FormatException($"{name}: there are no rows.");
        if (iterates.Count == 0) throw new FormatException($"{name}: there are no iterates.");
        return run with { Rows = rows, Iterates = iterates, TraceHash = hash.Value() };
    }

    private static RecordedRun Header(TraceLine line)
    {
        if (!line.Has("format") || line.Text("format") != Format) throw line.Error("this is not the header of a GnMlNet trace");
        if (line.Integer("version") != 1) throw line.Error($"trace version {line.Integer("version")}; this program reads version 1");
        RunKind kind = line.Text("kind") switch
        {
            "training" => RunKind.Training,
            "flow" => RunKind.Flow,
            string other => throw line.Error($"kind '{other}'; it must be 'training' or 'flow'"),
        };
        int inputs = line.Integer("inputs"), units = line.Integer("hiddenUnits");
        if (inputs < 1 || units < 1) throw line.Error($"{inputs} inputs and {units} hidden units");
        var run = new RecordedRun
        {
            Kind = kind,
            Inputs = inputs,
            HiddenUnits = units,
            Biases = line.Flag("biases"),
            TrainsOutputLayer = kind == RunKind.Training && line.Flag("trainsOutputLayer"),
            Activation = line.Text("activation") switch
            {
                "Tanh" => Sigmoid.Tanh,
                "Logistic" => Sigmoid.Logistic,
                string other => throw line.Error($"activation '{other}'"),
            },
            Rows = [],
            Iterates = [],
        };
        if (kind == RunKind.Training)
        {
            double penalty = line.Number("penalty");
            if (penalty < 0) throw line.Error($"penalty {penalty}");
            return run with { Penalty = penalty };
        }

        if (run.Biases) throw line.Error("a flow with biases");
        double rho = line.Number("damping");
        if (rho is < 0 or > 1) throw line.Error($"damping {rho}; it must lie in [0, 1]");
        return run with
        {
            ScalingFactor = Positive(line, "scalingFactor"),
            Damping = rho,
            Scheme = line.Text("scheme"),
            Signs = Signs(line, units),
            InitialWeights = line.Vector("initialWeights", run.ParameterCount),
        };
    }

    private static RecordedIterate Iterate(TraceLine line, RecordedRun run, int rowCount)
    {
        long trained = run.Layout.TrainedCount;
        if (run.Kind == RunKind.Flow)
        {
            return new RecordedIterate
            {
                Iteration = line.Integer("steps"),
                Time = line.Number("time"),
                StepSize = line.Number("stepSize"),
                Loss = line.NumberOrNaN("loss"),
                Parameters = line.Vector("parameters", run.ParameterCount),
                Direction = line.Has("direction") ? line.Vector("direction", trained) : [],
                OutputGradientNorm = line.NumberOrNaN("outputGradientNorm"),
                RiemannianGradientNorm = line.NumberOrNaN("riemannianGradientNorm"),
                SmallestEigenvalue = line.NumberOrNaN("smallestEigenvalue"),
                LargestEigenvalue = line.NumberOrNaN("largestEigenvalue"),
            };
        }

        var iterate = new RecordedIterate
        {
            Start = line.Integer("start"),
            Iteration = line.Integer("iteration"),
            Loss = line.NumberOrNaN("loss"),
            Parameters = line.Vector("parameters", run.ParameterCount),
            Penalties = line.Has("penalties") ? Penalties(line, trained) : [],
        };
        if (!line.Has("step")) return iterate;

        (int First, int End)[] ranges = line.Ranges("curvatureRows");
        if (!RowRanges.AreDisjoint(ranges, rowCount)) throw line.Error($"curvature rows {RowRanges.Text(ranges)} of {rowCount} rows");

        double damping = line.Number("damping");
        if (damping < 0) throw line.Error($"damping {damping}");
        return iterate with
        {
            Damping = damping,
            Metric = line.Vector("metric", trained),
            Step = line.Vector("step", trained),
            CurvatureRows = ranges is [(0, var last)] && last == rowCount ? [] : ranges,
            CurvatureInSinglePrecision = line.Flag("curvatureInSinglePrecision"),
        };
    }

    private static double[] Penalties(TraceLine line, long count)
    {
        double[] penalties = line.Vector("penalties", count);
        return penalties.All(penalty => penalty >= 0) ? penalties : throw line.Error("'penalties' must not be negative");
    }

    private static double[] Signs(TraceLine line, int units)
    {
        double[] signs = line.Vector("signs", units);
        return signs.All(sign => Math.Abs(sign) == 1) ? signs : throw line.Error("'signs' must be 1 or -1");
    }

    private static double Positive(TraceLine line, string name)
    {
        double value = line.Number(name);
        return value > 0 ? value : throw line.Error($"{name} {value}; it must be positive");
    }
}
