using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Traces;

/// <summary>Reads the first line of a trace: what kind of run, its network and its settings.</summary>
internal static class TraceHeader
{
    private const int Version = 3;

    internal static RecordedRun Read(TraceLine line)
    {
        if (!line.Has("format") || line.Text("format") != TraceReader.Format) throw line.Error("this is not the header of a GnMlNet trace");
        if (line.Integer("version") != Version) throw line.Error($"trace version {line.Integer("version")}; this program reads version {Version}");
        int inputs = line.Integer("inputs"), units = line.Integer("hiddenUnits");
        if (inputs < 1 || units < 1) throw line.Error($"{inputs} inputs and {units} hidden units");
        var run = new RecordedRun
        {
            Kind = line.OneOf("kind", ("training", RunKind.Training), ("flow", RunKind.Flow)),
            Inputs = inputs,
            HiddenUnits = units,
            Biases = line.Flag("biases"),
            TrainsOutputLayer = false,
            Activation = line.OneOf("activation", ("Tanh", Sigmoid.Tanh), ("Logistic", Sigmoid.Logistic)),
            Form = line.OneOf("stepForm", ("Primal", SystemForm.Primal), ("Dual", SystemForm.Dual), ("MatrixFree", SystemForm.MatrixFree)),
            Rows = [],
            Iterates = [],
        };
        return run.Kind == RunKind.Training ? Training(line, run) : Flow(line, run);
    }

    private static RecordedRun Training(TraceLine line, RecordedRun run)
    {
        run = run with
        {
            TrainsOutputLayer = line.Flag("trainsOutputLayer"),
            Penalty = NotNegative(line, "penalty"),
            AdaptsPenalties = line.Flag("adaptPenalty"),
            SamplesCurvature = line.Flag("approximateCurvature"),
            InexactSteps = line.OneOf("inexactSteps", ("None", InexactSteps.None), ("AfterDisappointment", InexactSteps.AfterDisappointment), ("FromStart", InexactSteps.FromStart)),
            TotalWeight = line.Positive("totalWeight"),
        };
        if (run.InexactSteps != InexactSteps.None && !(run.Form == SystemForm.Primal && run.Biases && run.TrainsOutputLayer && run.SamplesCurvature))
            throw line.Error("inexact steps need the primal form, biases, a trained output layer and approximate curvature");
        return run.AdaptsPenalties && run.Form != SystemForm.Primal ? throw line.Error("penalties that adapt need the primal form") : run;
    }

    private static RecordedRun Flow(TraceLine line, RecordedRun run)
    {
        if (run.Biases) throw line.Error("a flow with biases");
        double rho = line.Number("damping");
        if (rho is < 0 or > 1) throw line.Error($"damping {rho}; it must lie in [0, 1]");
        return run with
        {
            ScalingFactor = line.Positive("scalingFactor"),
            Damping = rho,
            Scheme = line.OneOf("scheme", ("Euler", "Euler"), ("RungeKutta4", "RungeKutta4"), ("DormandPrince", "DormandPrince")),
            TimeStep = line.Positive("timeStep"),
            Duration = line.Positive("duration"),
            RecordingInterval = NotNegative(line, "recordingInterval"),
            ContinuesAfterRankLoss = line.Flag("continueAfterRankLoss"),
            Signs = Signs(line, run.HiddenUnits),
            InitialWeights = line.Vector("initialWeights", run.ParameterCount),
        };
    }

    private static double[] Signs(TraceLine line, int units)
    {
        double[] signs = line.Vector("signs", units);
        return signs.All(sign => Math.Abs(sign) == 1) ? signs : throw line.Error("'signs' must be 1 or -1");
    }

    private static double NotNegative(TraceLine line, string name) => line.Number(name) is var value and >= 0 ? value : throw line.Error($"'{name}' is negative");
}
