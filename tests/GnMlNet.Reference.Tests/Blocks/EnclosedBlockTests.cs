using System.Numerics;
using GnMlNet.Balls;
using GnMlNet.Reference.Blocks;

namespace GnMlNet.Reference.Tests.Blocks;

public class EnclosedBlockTests
{
    [Theory]
    [InlineData(2, 1, 0.7, 1.3, 0.25, 0.01)]
    [InlineData(2, 3, 0, 1, 0, 0)]
    [InlineData(4, 2, 1, 0, 0, 0.5)]
    [InlineData(5, 2, 0.7, 1.3, 0.25, 0.01)]
    [InlineData(6, 4, 3e-7, 2e5, 1e3, 1e-6)]
    public void What_elimination_finds_from_the_definition_is_inside(int rows, int columns, double laplace, double gaussian, double constant, double noise)
    {
        RecordedBlock block = SampleBlocks.Of(rows, columns, seed: 10 + rows, laplace, gaussian, constant, noise) with { Jitter = rows == 5 ? 1e-8 : 0 };
        var plain = new PlainBlock(block);
        EnclosedBlock enclosed = EnclosedBlock.Of(block, 128);
        enclosed.IsPositiveDefinite.Should().Be(Verdict.Proved);
        ShouldBeInside(enclosed.Coefficients(), plain.Coefficients());
        ShouldBeInside(enclosed.LeftOutPredictions(), plain.LeftOutPredictions());
        double[] further = SampleBlocks.Rows(3, columns, seed: 77);
        (Ball[] predictions, Ball[] variances) = enclosed.At(further);
        double[][] points = [.. further.Chunk(columns)];
        ShouldBeInside(predictions, [.. points.Select(plain.Prediction)]);
        ShouldBeInside(variances, [.. points.Select(plain.Variance)]);
    }

    [Fact]
    public void A_row_of_the_block_has_no_variance_left_without_noise_and_its_label_as_prediction()
    {
        RecordedBlock block = SampleBlocks.Of(5, 2, seed: 3, noise: 0);
        (Ball[] predictions, Ball[] variances) = EnclosedBlock.Of(block, 128).At(block.Inputs);
        variances.Should().OnlyContain(variance => variance.Contains(Dyadic.Zero) && variance.Radius <= Magnitude.PowerOfTwo(-90));
        for (int j = 0; j < 5; j++) predictions[j].Contains(Dyadic.FromDouble(block.Labels[j])).Should().BeTrue();
    }

    // The second row twice: without noise C is singular, whatever the precision.
    [Fact]
    public void Equal_rows_without_noise_are_never_solved_and_with_noise_they_are()
    {
        RecordedBlock block = SampleBlocks.Of(3, 1, seed: 5, noise: 0);
        block = block with { Inputs = [block.Inputs[0], block.Inputs[1], block.Inputs[1]] };
        EnclosedBlock singular = EnclosedBlock.Of(block, 128);
        singular.IsPositiveDefinite.Should().NotBe(Verdict.Proved);
        singular.Solution.Should().BeNull();
        EnclosedBlock regular = EnclosedBlock.Of(block with { NoiseVariance = 1e-30 }, 128);
        regular.IsPositiveDefinite.Should().Be(Verdict.Proved);
        regular.Bits.Should().BeGreaterThan(128, "the first bits do not tell the noise from zero");
        ShouldBeInside(regular.Coefficients(), new PlainBlock(block with { NoiseVariance = 1e-30 }).Coefficients());
    }

    [Fact]
    public void A_hundred_rows_with_a_condition_number_above_1e13_are_enclosed_more_closely_than_doubles()
    {
        EnclosedBlock enclosed = EnclosedBlock.Of(SampleBlocks.Of(100, 2, seed: 8, laplace: 0, noise: 1e-12) with { GaussianRates = [1.1, 1.3] }, 128);
        (Ball smallest, Ball largest) = enclosed.Eigenvalues();
        (Ball.Divide(largest, smallest, 64).Lower > Dyadic.FromDouble(1e13)).Should().BeTrue();
        (enclosed.Solution!.Distances[0] << 60 < enclosed.Size().AbsUpper()).Should().BeTrue();
        enclosed.LeftOutResiduals().Should().OnlyContain(residual => residual.Radius << 55 <= residual.AbsUpper());
    }

    private static void ShouldBeInside(Ball[] balls, BigInteger[] values)
    {
        balls.Should().HaveSameCount(values);
        for (int i = 0; i < balls.Length; i++)
        {
            PlainBlock.IsIn(balls[i], values[i]).Should().BeTrue($"{i}: {balls[i]} holds {PlainBlock.ToDouble(values[i])}");
            // An enclosure of everything would hold it, too.
            (balls[i].Radius << 60 <= balls[i].AbsUpper()).Should().BeTrue($"{i}: {balls[i]}");
            PlainBlock.IsIn(balls[i], values[i] + (values[i] >> 40)).Should().BeFalse();
        }
    }
}
