using System.Numerics;
using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class StructuredGramTests
{
    private static readonly Gen<(int Units, int Inputs, int Others, int Blocks, int Seed)> Cases =
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 17], Gen.Int[0, 9], Gen.Int[1, 4], Gen.Int);

    [Fact]
    public void It_agrees_with_the_plain_loop_over_the_explicit_Jacobian() => Cases.Sample(
        (units, inputs, others, blockCount, seed) =>
        {
            JacobianFactors<double>[] blocks = FactorBlocks.Random(units, inputs, others, blockCount, seed);
            ShouldBeGram(Gram(blocks, threads: 1), FactorBlocks.ExplicitColumns(blocks), relativeError: 1e-13);
        },
        iter: 30);

    [Fact]
    public void In_single_precision_it_agrees_to_single_precision() => Cases.Sample(
        (units, inputs, others, blockCount, seed) =>
        {
            JacobianFactors<double>[] blocks = FactorBlocks.Random(units, inputs, others, 2 * blockCount, seed);
            var gram = new StructuredGram(units, inputs, others, new WorkSharing(2));
            gram.Add(Enumerable.Range(0, blockCount).Select(pair => FactorBlocks.Narrow(blocks[2 * pair], blocks[(2 * pair) + 1])).ToArray());
            // A rounding for each of four factors and three products, and one for every addition in a lane and between lanes.
            int lanes = Vector<float>.Count, roundings = 7 + (JacobianFactors<float>.Rows / lanes) + lanes;
            ShouldBeGram(Copy(gram, (units * inputs) + others), FactorBlocks.ExplicitColumns(blocks), relativeError: roundings * Math.Pow(2, -24));
        },
        iter: 30);

    [Theory]
    [InlineData("tiny", -75, -70)]
    [InlineData("huge", 70, 75)]
    [InlineData("of all sizes", -75, 75)]
    public void Numbers_of_any_size_give_the_exact_sum_up_to_rounding(string what, int leastExponent, int greatestExponent) =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int).Sample(
            (units, inputs, others, seed) =>
            {
                what.Should().NotBeEmpty();
                JacobianFactors<double>[] blocks = FactorBlocks.Random(units, inputs, others, 1, seed, random =>
                    ((2 * random.NextDouble()) - 1) * Math.Pow(10, random.Next(leastExponent, greatestExponent + 1)));
                SymmetricMatrix matrix = Gram(blocks, threads: 1);
                double[][][] columns = FactorBlocks.ColumnFactors(blocks[0]);
                for (int a = 0; a < columns.Length; a++)
                {
                    for (int b = 0; b <= a; b++)
                    {
                        var exact = new ExactSum();
                        for (int j = 0; j < RowBlock.Capacity; j++) exact.Add([.. columns[a].Select(f => f[j]), .. columns[b].Select(f => f[j])]);
                        // Two roundings of the pairs, one for every addition, and what underflows.
                        exact.ErrorOf(matrix[a, b]).Should().BeLessThanOrEqualTo((RowBlock.Capacity * double.BitDecrement(1.2e-16) * exact.Magnitude) + 1e-300);
                    }
                }
            },
            iter: 10);

    [Fact]
    public void Columns_that_cancel_give_the_exact_sum_up_to_rounding_of_their_size()
    {
        JacobianFactors<double>[] blocks = FactorBlocks.Random(2, 2, 1, 1, seed: 3);
        // x_1 = x_0 on the first half of the rows and -x_0 on the second, whose slopes mirror the first half's: J_0 . J_1 is 0.
        for (int j = 0; j < RowBlock.Capacity / 2; j++)
        {
            int mirror = j + (RowBlock.Capacity / 2);
            blocks[0].Slope(0)[mirror] = blocks[0].Slope(0)[j];
            blocks[0].Input(0)[mirror] = blocks[0].Input(0)[j];
            (blocks[0].Input(1)[j], blocks[0].Input(1)[mirror]) = (blocks[0].Input(0)[j], -blocks[0].Input(0)[j]);
        }

        Math.Abs(Gram(blocks, threads: 1)[1, 0]).Should().BeLessThan(RowBlock.Capacity * 1.2e-16 * Gram(blocks, threads: 1)[0, 0]);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit() => Cases.Sample(
        (units, inputs, others, blockCount, seed) =>
        {
            JacobianFactors<double>[] blocks = FactorBlocks.Random(units, inputs, others, blockCount, seed);
            SymmetricMatrix one = Gram(blocks, threads: 1), four = Gram(blocks, threads: 4);
            for (int a = 0; a < one.Size; a++) one.Row(a).SequenceEqual(four.Row(a)).Should().BeTrue();
        },
        iter: 30);

    [Fact]
    public void Adding_blocks_one_by_one_is_adding_them_together() => Cases.Sample(
        (units, inputs, others, blockCount, seed) =>
        {
            JacobianFactors<double>[] blocks = FactorBlocks.Random(units, inputs, others, blockCount, seed);
            SymmetricMatrix together = Gram(blocks, threads: 1);
            var gram = new StructuredGram(units, inputs, others, new WorkSharing(2));
            foreach (JacobianFactors<double> block in blocks) gram.Add(new[] { block });
            SymmetricMatrix apart = Copy(gram, together.Size);
            for (int a = 0; a < apart.Size; a++) apart.Row(a).SequenceEqual(together.Row(a)).Should().BeTrue();
        },
        iter: 30);

    private static void ShouldBeGram(SymmetricMatrix matrix, double[][] columns, double relativeError)
    {
        for (int a = 0; a < columns.Length; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double sum = 0, magnitude = 0;
                for (int j = 0; j < columns[a].Length; j++)
                {
                    sum += columns[a][j] * columns[b][j];
                    magnitude += Math.Abs(columns[a][j] * columns[b][j]);
                }

                matrix[a, b].Should().BeApproximately(sum, relativeError * magnitude);
            }
        }
    }

    private static SymmetricMatrix Gram(JacobianFactors<double>[] blocks, int threads)
    {
        (int units, int inputs, int others) = (blocks[0].UnitCount, blocks[0].InputCount, blocks[0].OtherCount);
        var gram = new StructuredGram(units, inputs, others, new WorkSharing(threads));
        gram.Add(blocks);
        return Copy(gram, (units * inputs) + others);
    }

    private static SymmetricMatrix Copy(StructuredGram gram, int size)
    {
        var matrix = new SymmetricMatrix(size);
        gram.CopyTo(matrix);
        return matrix;
    }
}
