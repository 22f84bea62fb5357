using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class JacobianProductsTests
{
    private static readonly Gen<(JacobianFactors<double> Block, int Seed)> Cases =
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 17], Gen.Int[0, 9], Gen.Int).Select((units, inputs, others, seed) => (FactorBlocks.Random(units, inputs, others, 1, seed)[0], seed));

    [Fact]
    public void The_transposed_product_is_that_of_the_explicit_Jacobian() => Cases.Sample(
        (block, seed) =>
        {
            double[] rows = Problems.RandomVector(RowBlock.Capacity, new Random(seed + 1));
            double[][] columns = FactorBlocks.ExplicitColumns(block);
            var product = new double[columns.Length];
            JacobianProducts.MultiplyTransposed(block, rows, product);
            ShouldAgree(product, [.. columns.Select(column => column.Zip(rows, (j, r) => j * r).Sum())]);
        },
        iter: 30);

    [Fact]
    public void The_product_is_that_of_the_explicit_Jacobian() => Cases.Sample(
        (block, seed) =>
        {
            double[][] columns = FactorBlocks.ExplicitColumns(block);
            double[] vector = Problems.RandomVector(columns.Length, new Random(seed + 1));
            var product = new double[RowBlock.Capacity];
            JacobianProducts.Multiply(block, vector, product);
            ShouldAgree(product, [.. Enumerable.Range(0, RowBlock.Capacity).Select(j => columns.Zip(vector, (column, v) => column[j] * v).Sum())]);
        },
        iter: 30);

    [Fact]
    public void Squared_columns_are_the_diagonal_of_the_Gram_matrix() => Cases.Sample(
        (block, _) =>
        {
            double[][] columns = FactorBlocks.ExplicitColumns(block);
            var squares = new double[columns.Length];
            JacobianProducts.SquareColumns(block, squares);
            ShouldAgree(squares, [.. columns.Select(column => column.Sum(j => j * j))]);
        },
        iter: 30);

    [Fact]
    public void Two_blocks_in_single_precision_give_the_products_of_both_up_to_its_rounding() => Gen.Select(Gen.Int[1, 9], Gen.Int[1, 17], Gen.Int[0, 9], Gen.Int).Sample(
        (units, inputs, others, seed) =>
        {
            JacobianFactors<double>[] blocks = FactorBlocks.Random(units, inputs, others, 2, seed);
            JacobianFactors<float> narrow = FactorBlocks.Narrow(blocks[0], blocks[1]);
            double[][] columns = FactorBlocks.ExplicitColumns(blocks);
            double[] vector = Problems.RandomVector(columns.Length, new Random(seed + 1)), rows = Problems.RandomVector(2 * RowBlock.Capacity, new Random(seed + 2));
            var product = new float[rows.Length];
            JacobianProducts.Multiply(narrow, (float[])[.. vector.Select(v => (float)v)], product);
            ShouldAgree([.. product.Select(value => (double)value)], [.. Enumerable.Range(0, rows.Length).Select(j => columns.Zip(vector, (column, v) => column[j] * v).Sum())], 1e-5);
            double[] transposed = new double[columns.Length], squares = new double[columns.Length];
            JacobianProducts.MultiplyTransposed(narrow, (float[])[.. rows.Select(r => (float)r)], transposed);
            ShouldAgree(transposed, [.. columns.Select(column => column.Zip(rows, (j, r) => j * r).Sum())], 1e-4);
            JacobianProducts.SquareColumns(narrow, squares);
            ShouldAgree(squares, [.. columns.Select(column => column.Sum(j => j * j))], 1e-4);
        },
        iter: 30);

    private static void ShouldAgree(double[] actual, double[] expected, double tolerance) =>
        actual.Zip(expected, (a, b) => Math.Abs(a - b)).DefaultIfEmpty().Max().Should().BeLessThan(tolerance);

    private static void ShouldAgree(double[] actual, double[] expected) =>
        actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-12 * expected.Length);
}
