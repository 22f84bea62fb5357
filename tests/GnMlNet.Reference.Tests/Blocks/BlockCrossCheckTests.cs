using GnMlNet.Balls;
using GnMlNet.Reference.Blocks;

namespace GnMlNet.Reference.Tests.Blocks;

public class BlockCrossCheckTests
{
    private static readonly RecordedBlock Block = Solved(SampleBlocks.Of(40, 3, seed: 21));

    private static readonly double[] Further = SampleBlocks.Rows(5, 3, seed: 22);

    [Fact]
    public void The_nearest_doubles_are_certified_to_be_as_close_as_doubles_are()
    {
        BlockCrossCheck check = BlockCrossCheck.Of(Block, Computed());
        (check.Rows, check.Columns, check.IsPositiveDefinite).Should().Be((40, 3, Verdict.Proved));
        check.CoefficientError.IsAtMost(2.0 / (1L << 53)).Should().Be(Verdict.Proved);
        check.BackwardError.IsAtMost(2.0 / (1L << 53)).Should().Be(Verdict.Proved);
        check.LeftOutError!.Value.IsAtMost(1e-15).Should().Be(Verdict.Proved);
        check.PredictionError!.Value.IsAtMost(1e-15).Should().Be(Verdict.Proved);
        check.VarianceError!.Value.IsAtMost(1e-15).Should().Be(Verdict.Proved);
        check.ConditionNumber.Least.Should().BeGreaterThan(1);
        check.ConditionNumber.Greatest.Should().BeInRange(check.ConditionNumber.Least, 1.2 * check.ConditionNumber.Least);
        // |y - C v| = |C (a - v)| is at most the largest eigenvalue times |a - v| and at least the smallest times it.
        check.BackwardError.Least.Should().BeLessThanOrEqualTo(1.01 * check.CoefficientError.Greatest);
        check.CoefficientError.Least.Should().BeLessThanOrEqualTo(1.01 * check.ConditionNumber.Greatest * check.BackwardError.Greatest);
    }

    [Theory, InlineData(0, 1e-9), InlineData(17, 1e-13), InlineData(39, 3.0)]
    public void A_coefficient_that_is_moved_is_refuted_and_by_how_much_is_told(int index, double share)
    {
        double size = Math.Sqrt(Block.Coefficients.Sum(a => a * a)), moved = share * size;
        BlockCrossCheck check = BlockCrossCheck.Of(Block with { Coefficients = [.. Block.Coefficients.Select((a, i) => i == index ? a + moved : a)] });
        check.CoefficientError.IsAtMost(0.99 * share).Should().Be(Verdict.Refuted);
        check.CoefficientError.IsAtMost(1.01 * share).Should().Be(Verdict.Proved);
        (check.CoefficientError with { Least = 0 }).IsAtMost(0.99 * share).Should().Be(Verdict.Undecided);
    }

    [Fact]
    public void The_coefficients_of_another_block_are_refuted()
    {
        RecordedBlock[] others =
        [
            Block with { NoiseVariance = Block.NoiseVariance * 1.0001 },
            Block with { LaplaceRates = [.. Block.LaplaceRates.Select(rate => rate * 1.0001)] },
            Block with { GaussianRates = [.. Block.GaussianRates.Select(rate => rate * 1.0001)] },
            Block with { LaplaceScale = Block.LaplaceScale * 1.0001 },
            Block with { GaussianScale = Block.GaussianScale * 1.0001 },
            Block with { Constant = Block.Constant * 1.0001 },
            Block with { Jitter = 1e-6 },
            Block with { RowWeights = [.. Block.RowWeights.Select((weight, j) => j == 3 ? 1.001 * weight : weight)] },
            Block with { Inputs = [.. Block.Inputs.Select((x, k) => k == 7 ? 1.001 * x : x)] },
            Block with { Labels = [.. Block.Labels.Select((y, j) => j == 9 ? 1.001 * y : y)] },
        ];
        foreach (RecordedBlock other in others)
        {
            BlockCrossCheck check = BlockCrossCheck.Of(other);
            check.CoefficientError.IsAtMost(1e-12).Should().Be(Verdict.Refuted, other.ToString());
            check.BackwardError.IsAtMost(1e-14).Should().Be(Verdict.Refuted, other.ToString());
        }
    }

    [Fact]
    public void One_left_out_prediction_prediction_or_variance_that_is_off_is_found()
    {
        ComputedBlockValues computed = Computed();
        double[] Off(double[] values) => [.. values.Select((value, i) => i == 2 ? value + 1e-10 : value)];
        BlockCrossCheck check = BlockCrossCheck.Of(
            Block, computed with { LeftOutPredictions = Off(computed.LeftOutPredictions!), Predictions = Off(computed.Predictions!), Variances = Off(computed.Variances!) });
        foreach (CertifiedFigure error in new[] { check.LeftOutError!.Value, check.PredictionError!.Value, check.VarianceError!.Value })
        {
            error.IsAtMost(0.99e-10).Should().Be(Verdict.Refuted);
            error.IsAtMost(1.01e-10).Should().Be(Verdict.Proved);
        }
    }

    [Fact]
    public void Of_a_singular_block_nothing_is_claimed_but_the_residual()
    {
        RecordedBlock singular = SampleBlocks.Of(2, 1, seed: 1, noise: 0) with { Inputs = [0.5, 0.5], Labels = [1, -1], Coefficients = [1, 2] };
        BlockCrossCheck check = BlockCrossCheck.Of(singular, new ComputedBlockValues { LeftOutPredictions = [0, 0], Rows = [0.1], Variances = [0] });
        check.IsPositiveDefinite.Should().NotBe(Verdict.Proved);
        foreach (CertifiedFigure figure in new[] { check.CoefficientError, check.ConditionNumber, check.LeftOutError!.Value, check.VarianceError!.Value })
            figure.IsAtMost(double.MaxValue).Should().Be(Verdict.Undecided);
        check.PredictionError.Should().BeNull();
        double.IsFinite(check.BackwardError.Greatest).Should().BeTrue();
    }

    [Fact]
    public void Numbers_that_make_no_block_are_refused_by_name()
    {
        Refused(Block with { Inputs = [1, 2] }, "Inputs: 120*");
        Refused(Block with { LaplaceRates = [1, -1, 0] }, "LaplaceRates: number 1*");
        Refused(Block with { GaussianRates = [1] }, "GaussianRates*");
        Refused(Block with { Labels = [.. Block.Labels.Select(_ => double.NaN)] }, "Labels*");
        Refused(Block with { RowWeights = new double[40] }, "RowWeights*zero*");
        Refused(Block with { NoiseVariance = -1 }, "NoiseVariance*");
        Refused(Block with { Jitter = double.NaN }, "Jitter*");
        Refused(Block with { Coefficients = [] }, "Coefficients*");
        FluentActions.Invoking(() => BlockCrossCheck.Of(Block, new ComputedBlockValues { LeftOutPredictions = [1] })).Should().Throw<ArgumentException>().WithMessage("LeftOutPredictions*");
        FluentActions.Invoking(() => BlockCrossCheck.Of(Block, new ComputedBlockValues { Rows = [1, 2] })).Should().Throw<ArgumentException>().WithMessage("Rows*");
        FluentActions.Invoking(() => BlockCrossCheck.Of(Block, new ComputedBlockValues { Rows = [1, 2, 3], Variances = [] })).Should().Throw<ArgumentException>().WithMessage("Variances*");

        static void Refused(RecordedBlock block, string message) => FluentActions.Invoking(() => BlockCrossCheck.Of(block)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void A_figure_holds_the_number_that_it_encloses()
    {
        Ball third = Ball.Divide(Ball.One, Ball.Exact(3), 200);
        var figure = CertifiedFigure.Of(third);
        (Dyadic.FromDouble(figure.Least) < third.Lower && Dyadic.FromDouble(figure.Greatest) > third.Upper).Should().BeTrue();
        figure.Greatest.Should().Be(Math.BitIncrement(figure.Least));
        CertifiedFigure.Of(Ball.Indeterminate).IsAtMost(double.MaxValue).Should().Be(Verdict.Undecided);
        CertifiedFigure.Of(new Ball(Dyadic.Zero, Magnitude.One)).Should().Be(new CertifiedFigure(0, 1));
    }

    private static RecordedBlock Solved(RecordedBlock block) => block with { Coefficients = Nearest(EnclosedBlock.Of(block, 128).Coefficients()) };

    private static ComputedBlockValues Computed()
    {
        EnclosedBlock enclosed = EnclosedBlock.Of(Block, 128);
        (Ball[] predictions, Ball[] variances) = enclosed.At(Further);
        return new ComputedBlockValues { LeftOutPredictions = Nearest(enclosed.LeftOutPredictions()), Rows = Further, Predictions = Nearest(predictions), Variances = Nearest(variances) };
    }

    private static double[] Nearest(Ball[] balls) => [.. balls.Select(ball => ball.Midpoint.ToDouble())];
}
