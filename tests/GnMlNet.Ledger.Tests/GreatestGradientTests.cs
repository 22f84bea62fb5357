using GnMlNet.Balls;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Tests;

public class GreatestGradientTests
{
    private const int Bits = 128;

    public static TheoryData<string> Losses => ["quadratic", "quadratic/8", "pseudo-Huber"];

    [Theory, MemberData(nameof(Losses))]
    public void No_point_of_a_sublevel_set_has_a_greater_gradient(string kind)
    {
        var random = new SplitMix(77);
        for (int k = 0; k < 400; k++)
        {
            // From one output that has nearly all of the loss to equal ones, and from small residuals to large.
            int count = 1 + (k % 7);
            Loss loss = Of(kind, count);
            Real[] outputs = [.. Enumerable.Range(0, count).Select(_ => Real.Exact(random.Normal() << (int)((random.Next() % 12) - 6), Bits))];
            Claims.LessOrEqual("|∇g| ≤ the greatest where g is at most this, and 2⁻⁵⁰", RealVectors.Norm(loss.Gradient(outputs)), loss.GreatestGradient(loss.Value(outputs)) * (1 + ((Real)1).Shift(-50)))
                .Verdict.Should().Be(Verdict.Proved);
        }
    }

    [Theory, MemberData(nameof(Losses))]
    public void It_is_attained_where_all_outputs_have_the_same_loss(string kind)
    {
        foreach (string size in new[] { "0.001", "0.7", "30" })
        {
            Loss loss = Of(kind, 5);
            Real[] outputs = [.. Enumerable.Range(0, 5).Select(j => (j % 2 == 0 ? 1 : -1) * Real.Parse(size, Bits))];
            Real gradient = RealVectors.Norm(loss.Gradient(outputs)), greatest = loss.GreatestGradient(loss.Value(outputs));
            Claims.LessOrEqual("the greatest ≤ |∇g|, and 2⁻⁵⁰", greatest, gradient * (1 + ((Real)1).Shift(-50))).Verdict.Should().Be(Verdict.Proved);
        }
    }

    [Fact]
    public void The_formula_for_the_quadratic_loss_is_too_small_for_the_pseudo_Huber_loss()
    {
        Loss loss = Of("pseudo-Huber", 3);
        Real[] outputs = [1, 1, 1];
        Claims.LessOrEqual("|∇g| ≤ 2 sqrt(g)", RealVectors.Norm(loss.Gradient(outputs)), 2 * loss.Value(outputs).Sqrt()).Verdict.Should().Be(Verdict.Refuted);
    }

    private static Loss Of(string kind, int count)
    {
        Real[] targets = [.. Enumerable.Repeat((Real)0, count)];
        return kind switch { "quadratic" => new QuadraticLoss(targets), "quadratic/8" => new QuadraticLoss(targets, 3), _ => new PseudoHuberLoss(targets) };
    }
}
