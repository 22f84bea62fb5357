using CsCheck;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class StructuredGramTests
{
    private static readonly Gen<(int Units, int Inputs, int Others, int Blocks, int Seed)> Cases =
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 17], Gen.Int[1, 9], Gen.Int[1, 4], Gen.Int);

    [Fact]
    public void It_agrees_with_the_plain_loop_over_the_explicit_Jacobian() => Cases.Sample(
        (units, inputs, others, blockCount, seed) =>
        {
            JacobianFactors[] blocks = RandomBlocks(units, inputs, others, blockCount, seed);
            SymmetricMatrix matrix = Gram(units, inputs, others, blocks, threads: 1);
            double[][] columns = ExplicitColumns(units, inputs, others, blocks);
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

                    matrix[a, b].Should().BeApproximately(sum, 1e-13 * magnitude);
                }
            }
        },
        iter: 30);

    [Fact]
    public void The_number_of_threads_changes_no_bit() => Cases.Sample(
        (units, inputs, others, blockCount, seed) =>
        {
            JacobianFactors[] blocks = RandomBlocks(units, inputs, others, blockCount, seed);
            SymmetricMatrix one = Gram(units, inputs, others, blocks, threads: 1), four = Gram(units, inputs, others, blocks, threads: 4);
            for (int a = 0; a < one.Size; a++) one.Row(a).SequenceEqual(four.Row(a)).Should().BeTrue();
        },
        iter: 30);

    [Fact]
    public void Adding_blocks_one_by_one_is_adding_them_together() => Cases.Sample(
        (units, inputs, others, blockCount, seed) =>
        {
            JacobianFactors[] blocks = RandomBlocks(units, inputs, others, blockCount, seed);
            SymmetricMatrix together = Gram(units, inputs, others, blocks, threads: 1);
            var gram = new StructuredGram(units, inputs, others, new WorkSharing(2));
            foreach (JacobianFactors block in blocks) gram.Add(new[] { block });
            var apart = new SymmetricMatrix(together.Size);
            gram.CopyTo(apart);
            for (int a = 0; a < apart.Size; a++) apart.Row(a).SequenceEqual(together.Row(a)).Should().BeTrue();
        },
        iter: 30);

    [Fact]
    public void The_gradient_is_that_of_the_explicit_Jacobian() => Cases.Sample(
        (units, inputs, others, _, seed) =>
        {
            JacobianFactors[] block = RandomBlocks(units, inputs, others, 1, seed);
            double[] residual = Problems.RandomVector(RowBlock.Capacity, new Random(seed + 1));
            var gradient = new double[(units * inputs) + others];
            StructuredGradient.Compute(block[0], residual, units, inputs, gradient);
            double[] expected = [.. ExplicitColumns(units, inputs, others, block).Select(column => column.Zip(residual, (j, r) => j * r).Sum())];
            gradient.Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-12);
        },
        iter: 30);

    private static SymmetricMatrix Gram(int units, int inputs, int others, JacobianFactors[] blocks, int threads)
    {
        var gram = new StructuredGram(units, inputs, others, new WorkSharing(threads));
        gram.Add(blocks);
        var matrix = new SymmetricMatrix((units * inputs) + others);
        gram.CopyTo(matrix);
        return matrix;
    }

    private static JacobianFactors[] RandomBlocks(int units, int inputs, int others, int count, int seed)
    {
        var random = new Random(seed);
        void Fill(Span<double> column) => Problems.RandomVector(RowBlock.Capacity, random).CopyTo(column);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var block = new JacobianFactors(units, others) { Inputs = new RowBlock(inputs) };
            for (int i = 0; i < units; i++) Fill(block.Slope(i));
            for (int k = 0; k < inputs; k++) Fill(block.Inputs.Column(k));
            for (int l = 0; l < others; l++) Fill(block.Other(l));
            return block;
        })];
    }

    private static double[][] ExplicitColumns(int units, int inputs, int others, JacobianFactors[] blocks)
    {
        IEnumerable<double> Hidden(JacobianFactors block, int i, int k) => block.Slope(i).ToArray().Zip(block.Inputs!.Column(k).ToArray(), (s, x) => s * x);
        IEnumerable<double[]> hidden = from i in Enumerable.Range(0, units) from k in Enumerable.Range(0, inputs) select blocks.SelectMany(block => Hidden(block, i, k)).ToArray();
        IEnumerable<double[]> other = Enumerable.Range(0, others).Select(l => blocks.SelectMany(block => block.Other(l).ToArray()).ToArray());
        return [.. hidden, .. other];
    }
}
