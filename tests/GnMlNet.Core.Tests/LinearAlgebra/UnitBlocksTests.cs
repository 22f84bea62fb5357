using CsCheck;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class UnitBlocksTests
{
    private static readonly Gen<(int Units, int Inputs, int Seed)> Cases = Gen.Select(Gen.Int[1, 7], Gen.Int[1, 9], Gen.Int);

    [Fact]
    public void Products_sums_and_solutions_are_those_of_the_whole_matrix() => Cases.Sample(
        (units, inputs, seed) =>
        {
            UnitBlocks blocks = Positive(units, inputs, seed);
            Matrix<double> whole = Whole(blocks);
            int size = whole.RowCount;
            double[] v = Problems.RandomVector(size + 1, new Random(seed)), product = new double[size + 1];
            blocks.AddProduct(v, product);
            ((Vector<double>.Build.Dense(product[..size]) - (whole * Vector<double>.Build.Dense(v[..size]))).L2Norm() / whole.FrobeniusNorm()).Should().BeLessThan(1e-13);
            product[size].Should().Be(0, "there is no block of the output bias");

            var sum = new SymmetricMatrix(size + 1);
            blocks.AddTo(sum);
            for (int a = 0; a < size; a++)
            {
                for (int b = 0; b <= a; b++) sum[a, b].Should().Be(whole[a, b]);
            }

            blocks.TryFactor().Should().BeTrue();
            blocks.Solve(product);
            product[..size].Zip(v, (x, y) => Math.Abs(x - y)).Max().Should().BeLessThan(1e-9);
        },
        iter: 50);

    [Fact]
    public void A_block_that_is_not_positive_definite_has_no_factor()
    {
        UnitBlocks blocks = Positive(3, 2, 1);
        blocks.Block(1)[^1] = -1;
        blocks.TryFactor().Should().BeFalse();
    }

    /// <summary>Blocks A A^T + I.</summary>
    private static UnitBlocks Positive(int units, int inputs, int seed)
    {
        var random = new Random(seed);
        var blocks = new UnitBlocks(units, inputs);
        for (int i = 0; i < units; i++)
        {
            Matrix<double> a = Matrix<double>.Build.Dense(blocks.Size, blocks.Size, (_, _) => random.NextDouble() - 0.5);
            ((a * a.Transpose()) + Matrix<double>.Build.DenseIdentity(blocks.Size)).ToRowMajorArray().CopyTo(blocks.Block(i));
        }

        return blocks;
    }

    private static Matrix<double> Whole(UnitBlocks blocks)
    {
        Matrix<double> whole = Matrix<double>.Build.Dense(blocks.Units * blocks.Size, blocks.Units * blocks.Size);
        for (int i = 0; i < blocks.Units; i++)
        {
            for (int a = 0; a < blocks.Size; a++)
            {
                for (int b = 0; b < blocks.Size; b++) whole[blocks.Parameter(i, a), blocks.Parameter(i, b)] = blocks.Block(i)[(a * blocks.Size) + b];
            }
        }

        return whole;
    }
}
