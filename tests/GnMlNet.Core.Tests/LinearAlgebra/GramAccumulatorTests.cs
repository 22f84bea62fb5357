using CsCheck;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class GramAccumulatorTests
{
    private static readonly Gen<(int Columns, int Blocks, int Seed)> Cases = Gen.Select(Gen.Int[1, 23], Gen.Int[1, 4], Gen.Int);

    [Fact]
    public void It_agrees_with_the_plain_triple_loop() => Cases.Sample((columns, blockCount, seed) =>
    {
        double[][] blocks = RandomBlocks(columns, blockCount, seed);
        SymmetricMatrix gram = Gram(columns, blocks, threads: 1);
        for (int a = 0; a < columns; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double sum = 0, magnitude = 0;
                foreach (double[] block in blocks)
                {
                    for (int j = 0; j < RowBlock.Capacity; j++)
                    {
                        double product = block[(a * RowBlock.Capacity) + j] * block[(b * RowBlock.Capacity) + j];
                        sum += product;
                        magnitude += Math.Abs(product);
                    }
                }

                gram[a, b].Should().BeApproximately(sum, 1e-13 * magnitude);
            }
        }
    });

    [Fact]
    public void The_number_of_threads_changes_no_bit() => Cases.Sample((columns, blockCount, seed) =>
    {
        double[][] blocks = RandomBlocks(columns, blockCount, seed);
        SymmetricMatrix one = Gram(columns, blocks, threads: 1), four = Gram(columns, blocks, threads: 4);
        for (int a = 0; a < columns; a++) one.Row(a).SequenceEqual(four.Row(a)).Should().BeTrue();
    });

    private static SymmetricMatrix Gram(int columns, double[][] blocks, int threads)
    {
        var gram = new SymmetricMatrix(GramAccumulator.PaddedSize(columns));
        new GramAccumulator(gram).Add(blocks, threads);
        return gram;
    }

    private static double[][] RandomBlocks(int columns, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var block = new double[GramAccumulator.PaddedSize(columns) * RowBlock.Capacity];
            Problems.RandomVector(columns * RowBlock.Capacity, random).CopyTo(block, 0);
            return block;
        })];
    }
}
