using GnMlNet.Cli.Charts;
using GnMlNet.Cli.Output;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Theory;

namespace GnMlNet.Cli.Reproducing;

/// <summary>The report of a reproduction as one HTML file that needs no other: what the paper claims, what was seen, and the figures.</summary>
internal static class ReproducePage
{
    internal static string ToHtml(ReproduceResult result, IReadOnlyList<(string File, LineChart Chart)> figures)
    {
        var page = new HtmlPage("Gauss-Newton dynamics for neural networks: the numerical section reproduced");
        Introduction(page, result);
        Claims(page, result);
        page.Heading("Gauss-Newton flow, value by value");
        page.Table(FlowHeaders, result.Flows.Select(FlowRow));
        page.Note("“Best nearby” is the least loss that Gauss-Newton iterations with backtracking reach from the end of the flow: an estimate of the best in-class value, not a bound. "
            + "A star says that they had not converged. Loss rises are counted between recorded points, beyond rounding.");
        foreach ((string file, LineChart chart) in figures.SkipLast(1)) page.Figure(chart.ToPng(), $"{chart.Title}.", $"Data: the CSV files beside this page; {file}.svg and {file}.png hold the figure.");
        Subsets(page, result);
        Overparameterized(page, result.Overparameterized, figures[^1].Chart);
        Method(page, result);
        return page.ToString();
    }

    private static void Introduction(HtmlPage page, ReproduceResult result)
    {
        ReproduceSettings settings = result.Settings;
        NetworkConstants network = result.TheoremFive.Network;
        page.Paragraph(
            "Section 5 of S. Cayci, “Gauss-Newton dynamics for neural networks: a Riemannian optimization perspective”, trains a small tanh network on a subset of California Housing by the Gauss-Newton flow and by gradient flow. "
            + Invariant($"Here the same experiment: n = {settings.Rows} rows, d = {result.Table.Rows.InputSize} features standardized on these rows, label in units of 100,000 dollars, m = {settings.HiddenUnits} hidden units, ")
            + Invariant($"p = {settings.HiddenUnits * result.Table.Rows.InputSize} weights, fixed random signs, nullified output, g = |αf − y|², Euler steps of {ReproduceSettings.TimeStep} up to t = {ReproduceSettings.Duration}. ")
            + "The paper names no seed, so its figures cannot be met digit for digit; the shapes of its curves can.");
        page.Paragraph(Invariant(
            $"At the start g = {result.Flows[0].GaussNewton.Points[0].Loss:0.0}; JᵀJ has eigenvalues from {4 * network.Lambda0 * network.Lambda0:0.0E+0} to {4 * network.LambdaN * network.LambdaN:0.0E+0}, so λ₀ = {network.Lambda0:0.0000}, λₙ = {network.LambdaN:0.00}; L ≤ {network.JacobianModulus:0.0}."));
    }

    private static void Claims(HtmlPage page, ReproduceResult result)
    {
        page.Heading("What the paper says and what was seen");
        page.Table(
            ["The paper", "Seen here", "Verdict"],
            [.. Order(result), .. Collapse(result), .. Gradient(result), .. GradientFlow(result), .. Assumptions(result)]);
    }

    private static IEnumerable<string[]> Order(ReproduceResult result)
    {
        IReadOnlyList<ScaledFlow> large = result.LargeScales;
        if (large.Count < 2) yield break;
        bool ordered = large.Zip(large.Skip(1), (first, second) => first.FinalLoss < second.FinalLoss).All(holds => holds);
        yield return
        [
            "A larger α means a smaller ball B and a worse limit (Remark 5, Figure 1a).",
            string.Join(", ", large.Select(flow => Invariant($"α = {ReproduceFigures.Name(flow.ScalingFactor)}: {flow.FinalLoss:0.00}")))
                + (result.Subsets.Count > 0 ? $". In {result.Subsets.Count(subset => subset.IsOrdered)} of {result.Subsets.Count} subsets (below)." : "."),
            ordered ? "seen on this subset; not a law" : "not seen on this subset",
        ];
        yield return
        [
            "The weights stay nearer to their start for a larger α (Figure 1b).",
            string.Join(", ", large.Select(flow => Invariant($"{flow.GaussNewton.Points[^1].Distance:0.###}"))) + " at the end.",
            large.Zip(large.Skip(1), (first, second) => first.GaussNewton.Points[^1].Distance > second.GaussNewton.Points[^1].Distance).All(holds => holds) ? "seen" : "not seen",
        ];
    }

    private static IEnumerable<string[]> Collapse(ReproduceResult result)
    {
        foreach (ScaledFlow flow in result.SmallScales)
        {
            double? time = flow.GaussNewton.RankLossTime;
            yield return
            [
                $"For α = {ReproduceFigures.Name(flow.ScalingFactor)} the smallest eigenvalue of H₀ falls to 0, then the loss is not monotone and |wₜ − w₀| is erratic (Figures 1b, 2b).",
                (time is null ? "H₀ kept full rank. " : Invariant($"H₀ is rank-deficient to working precision from t = {time:0.00} on, where the flow ceases to exist; it is continued with the pseudoinverse to show what follows. "))
                    + Invariant($"The loss rises {flow.LossRises} times; |wₜ − w₀| ends at {flow.GaussNewton.Points[^1].Distance:0.0E+0}."),
                time is not null && flow.LossRises > 0 ? "seen" : "not seen",
            ];
        }
    }

    private static IEnumerable<string[]> Gradient(ReproduceResult result)
    {
        foreach (ScaledFlow flow in result.LargeScales)
        {
            FlowPoint first = flow.GaussNewton.Points[0], last = flow.GaussNewton.Points[^1];
            double rate = flow.GradientDecayRate;
            yield return
            [
                $"α = {ReproduceFigures.Name(flow.ScalingFactor)}: the Riemannian gradient tends to 0 (Figure 2a); Theorem 5 promises at least the rate e^(−2t).",
                Invariant($"From {first.RiemannianGradientNorm:0.0} to {last.RiemannianGradientNorm:0.0E+0}")
                    + (double.IsNaN(rate) ? "; too little of it stands out of rounding late to fit a rate." : Invariant($"; in the second half it decays like e^(−{rate:0.00}t).")),
                flow.GaussNewton.RankLossTime is { } time ? Invariant($"H₀ lost rank at t = {time:0.00}")
                    : rate < 1.9 ? "falls, but more slowly than Theorem 5 says: its hypotheses fail" : "seen",
            ];
        }
    }

    private static IEnumerable<string[]> GradientFlow(ReproduceResult result) => result.LargeScales.Select(flow => (string[])
    [
        $"α = {ReproduceFigures.Name(flow.ScalingFactor)}: Gauss-Newton reaches a smaller risk than gradient flow, much sooner (Figure 3).",
        Invariant($"{flow.FinalLoss:0.00} against {flow.GradientFlow.Points[^1].Loss:0.00} at t = {ReproduceSettings.Duration}")
            + (double.IsFinite(flow.TimeToBeatGradientFlow) ? Invariant($"; Gauss-Newton is there at t = {flow.TimeToBeatGradientFlow:0.00}.") : "; Gauss-Newton never gets there."),
        flow.FinalLoss < flow.GradientFlow.Points[^1].Loss ? "seen" : "not seen",
    ]);

    private static IEnumerable<string[]> Assumptions(ReproduceResult result)
    {
        TheoremFiveCheck check = result.TheoremFive;
        yield return ["Assumption 2 is satisfied: H₀ at the start is positive definite.", Invariant($"Its smallest eigenvalue is {4 * check.Network.Lambda0 * check.Network.Lambda0:0.0E+0}."), "seen"];
        bool[] excluded = [.. check.GradientVariations.Select(variation => variation < check.GradientNorm)];
        yield return
        [
            "Assumption 3 is satisfied: a best predictor lies inside B.",
            Invariant($"B has a radius of {check.BallRadius:0.0E+0} at most. |J₀ᵀ∇g(0)| = {check.GradientNorm:0.0}, and within B the gradient changes by at most ")
                + string.Join(", ", check.GradientVariations.Select(variation => Invariant($"{variation:0.0}")))
                + $" (for α = {string.Join(", ", result.Flows.Select(flow => ReproduceFigures.Name(flow.ScalingFactor)))}), so where this is less no point of B is stationary.",
            excluded.All(fails => fails) ? "fails for every α here" : $"fails for {excluded.Count(fails => fails)} of {excluded.Length}",
        ];
        yield return
        [
            "For α ∈ {8, 16, 256} the exit time T is infinite (the text says “T < ∞”, a misprint).",
            "First recorded time (every 0.02) outside the largest B: " + string.Join(", ", result.LargeScales.Select(flow => Invariant($"α = {ReproduceFigures.Name(flow.ScalingFactor)}: t = {ExitTime(flow, check.BallRadius):0.00}"))) + ".",
            result.LargeScales.All(flow => double.IsInfinity(ExitTime(flow, check.BallRadius))) ? "seen" : "not so: the flow leaves B at once",
        ];
        yield return
        [
            "Theorem 5 explains these runs.",
            Invariant($"Its own scaling factor for this network, with Δ₀ ≤ g(0) and r = 1/2, is α = {check.PrintedAlpha:0.0E+0}."),
            result.Flows.All(flow => flow.ScalingFactor < check.PrintedAlpha) ? "none of these α meets its hypotheses" : "some α are as large",
        ];
    }

    private static double ExitTime(ScaledFlow flow, double radius) => Neighbourhood.ExitTime(
        [.. flow.GaussNewton.Points.Select(point => point.Time)], [.. flow.GaussNewton.Points.Select(point => point.Distance)], radius);

    private static readonly string[] FlowHeaders =
        ["α", "loss at the end", "best nearby", "gradient flow at the end", "|w − w₀|", "|P∇g|", "least eigenvalue of JᵀJ on the way", "loss rises", "rank lost at t", "defect of the energy identity"];

    private static string[] FlowRow(ScaledFlow flow)
    {
        FlowPoint end = flow.GaussNewton.Points[^1];
        double least = flow.GaussNewton.Points.Min(point => point.SmallestEigenvalue);
        return
        [
            ReproduceFigures.Name(flow.ScalingFactor),
            Invariant($"{flow.FinalLoss:0.00}"),
            flow.GaussNewton.RankLossTime is null ? Invariant($"{flow.BestInClass.Loss:0.00}{(flow.BestInClass.HasConverged ? "" : "*")}") : "–",
            Invariant($"{flow.GradientFlow.Points[^1].Loss:0.00}"),
            Invariant($"{end.Distance:0.00E+0}"),
            Invariant($"{end.RiemannianGradientNorm:0.0E+0}"),
            least < 1e-15 * end.LargestEigenvalue || least <= 0 ? "0 to rounding" : Invariant($"{least:0.0E+0}"),
            Invariant($"{flow.LossRises}"),
            flow.GaussNewton.RankLossTime is { } time ? Invariant($"{time:0.00}") : "–",
            Invariant($"{end.DissipationDefect:0.0}"),
        ];
    }

    private static void Subsets(HtmlPage page, ReproduceResult result)
    {
        if (result.Subsets.Count == 0 || result.LargeScales.Count < 2) return;
        page.Heading("Other subsets of the rows");
        page.Paragraph("The order of the losses depends on which rows are drawn. The same initial weights on other subsets, losses of the Gauss-Newton flow at the end:");
        page.Table(
            ["subset seed", .. result.LargeScales.Select(flow => $"α = {ReproduceFigures.Name(flow.ScalingFactor)}"), "larger α, larger loss"],
            result.Subsets.Select(subset => (string[])
            [
                Invariant($"{subset.SubsetSeed}"),
                .. subset.Losses.Zip(subset.RankLossTimes, (loss, time) => Invariant($"{loss:0.00}") + (time is null ? "" : Invariant($" (rank lost at {time:0.00})"))),
                subset.IsOrdered ? "yes" : "no",
            ]));
    }

    private static void Overparameterized(HtmlPage page, OverparameterizedExperiment experiment, LineChart chart)
    {
        page.Heading("More weights than rows, an ill-conditioned kernel");
        page.Paragraph(
            Invariant($"Our own experiment to Section 3: the first setting with n = {experiment.Rows} rows, p = {experiment.ParameterCount}, α = {OverparameterizedExperiment.Alpha}. The kernel K = JJᵀ has eigenvalues from {experiment.SmallestEigenvalue:0.0E+0} to {experiment.LargestEigenvalue:0.0E+0}. ")
            + "Remark 2 says that damping ρ near 0 makes the rate independent of the smallest eigenvalue, 2ν s(λ) with s(λ) = λ/((1 − ρ)λ + ρ), while gradient flow (ρ = 1) slows down with it. "
            + "That is what happens; the printed condition for it is false in general, a repaired one is proved in docs/theory.md.");
        page.Figure(chart.ToPng(), $"{chart.Title}.", "Loss relative to the start, below: the smaller ρ, the less the slow directions matter.");
        page.Table(
            ["ρ", "g(αf)/g(0) at t = 2", "at t = 5", "at t = 20", "2ν s(λ_min(K₀))"],
            experiment.Flows.Select(flow => (string[])
            [
                flow.Options.Damping == 1 ? "1 (gradient flow)" : Invariant($"{flow.Options.Damping}"),
                Invariant($"{OverparameterizedExperiment.Share(flow, 2):0.0E+0}"),
                Invariant($"{OverparameterizedExperiment.Share(flow, 5):0.0E+0}"),
                Invariant($"{OverparameterizedExperiment.Share(flow, ReproduceSettings.Duration):0.0E+0}"),
                Invariant($"{2 * LossConstants.SumOfSquares.Nu * EigenvalueMaps.Output(Math.Max(0, experiment.SmallestEigenvalue), flow.Options.Damping):0.000}"),
            ]));
    }

    private static void Method(HtmlPage page, ReproduceResult result)
    {
        page.Heading("How it was computed");
        ReproduceSettings settings = result.Settings;
        page.Paragraph(
            Invariant($"Seed {settings.Seed} for signs and initial weights, subset seed {settings.SubsetSeed}. Gauss-Newton: explicit Euler, step {ReproduceSettings.TimeStep}, as in the paper, each direction by a Cholesky factorization. ")
            + "Gradient flow: Euler at that step diverges (its stability asks for a step below 2/(ν λ_max)), so the Dormand-Prince pair chooses its own: "
            + string.Join(", ", result.Flows.Select(flow => Invariant($"{flow.GradientFlow.Points[^1].Steps} steps, {ReproduceSettings.Duration / flow.GradientFlow.Points[^1].Steps:0.0E+0} on average, for α = {ReproduceFigures.Name(flow.ScalingFactor)}")))
            + ". All in double precision; no figure here is certified. ");
        page.Paragraph(Invariant($"Computed by gnml reproduce in {result.Elapsed.TotalSeconds:0} s. The last column of the first table is g − g(0) + ∫|∇g|² dt in the metric of the flow, which is 0 along the exact flow: the error of the Euler steps."));
    }
}
