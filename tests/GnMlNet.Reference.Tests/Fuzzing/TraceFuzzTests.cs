using GnMlNet.Balls;
using GnMlNet.Fuzzing;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests.Fuzzing;

public class TraceFuzzTests
{
    private static readonly string[] AllKinds = ["training", "evidence", "flow", "dual"];

    public static TheoryData<string> Kinds => [.. AllKinds];

    [Theory, MemberData(nameof(Kinds))]
    public void A_run_as_it_was_is_confirmed_and_true(string kind)
    {
        RecordedRun run = TraceReader.Read(Lines(kind), "trace");
        new CrossCheck(run).Run().IsWithinBounds.Should().Be(Verdict.Proved);
        PlainTrace.FalseFigure(run).Should().BeEmpty();
        PlainTrace.FalseFigure(run with { Iterates = [.. run.Iterates.Select(iterate => iterate with { Loss = iterate.Loss * (1 + 1e-8) })] }).Should().Contain("loss");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_mutant_that_is_confirmed_is_true(string kind)
    {
        string[] lines = Lines(kind);
        int confirmed = 0, refuted = 0, unusable = 0, count = (Mutants.Count / AllKinds.Length) + 1;
        int first = 1_000_000 * Array.IndexOf(AllKinds, kind);
        for (int seed = first; seed < first + count; seed++)
        {
            (string[] altered, string what) = Altered(lines, seed);
            RecordedRun mutant;
            try
            {
                mutant = TraceReader.Read(altered, "trace");
            }
            catch (FormatException error)
            {
                error.Message.Should().NotContain("\n");
                unusable++;
                continue;
            }

            Verdict verdict = new CrossCheck(mutant).Run().IsWithinBounds;
            if (verdict == Verdict.Proved)
            {
                confirmed++;
                PlainTrace.FalseFigure(mutant).Should().BeEmpty($"{kind}, seed {seed}: {what}");
            }
            else if (verdict == Verdict.Refuted)
            {
                refuted++;
            }
        }

        (confirmed > 0 && refuted > 0 && unusable > 0).Should().BeTrue($"the mutants of {kind} are of all sorts: {confirmed} confirmed, {refuted} refuted, {unusable} unusable");
    }

    private static string[] Lines(string kind) => kind switch
    {
        "training" => RecordedRuns.Training(rows: 12, inputs: 2, hidden: 2, iterations: 3),
        "evidence" => RecordedRuns.Training(rows: 12, inputs: 2, hidden: 2, iterations: 3, adaptPenalty: true),
        "flow" => RecordedRuns.Flow(rows: 12, inputs: 2, hidden: 2, damping: 0.1, duration: 0.02),
        _ => RecordedRuns.Flow(rows: 3, inputs: 2, hidden: 4, damping: 0.1, duration: 0.02),
    };

    private static (string[] Lines, string What) Altered(string[] lines, int seed)
    {
        var random = new Random(seed);
        int at = random.Next(3) == 0 ? random.Next(lines.Length) : lines.Length - 1 - random.Next(4);
        List<string> altered = [.. lines];
        switch (random.Next(12))
        {
            case 0:
                altered.RemoveAt(at);
                return ([.. altered], $"line {at + 1} deleted");
            case 1:
                altered.Insert(at, lines[at]);
                return ([.. altered], $"line {at + 1} doubled");
            case 2:
                int other = random.Next(lines.Length);
                (altered[at], altered[other]) = (altered[other], altered[at]);
                return ([.. altered], $"lines {at + 1} and {other + 1} swapped");
            default:
                (altered[at], string what) = new JsonMutator(seed, "loss", "damping", "metric", "step", "direction", "parameters", "penalties", "y", "weight").Mutate(lines[at]);
                return ([.. altered], $"line {at + 1}, {what}");
        }
    }
}
