using CsCheck;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class DualKernelTests
{
    private static readonly Gen<(int Units, int Inputs, int Others, int Rows, int Seed)> Cases =
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 7], Gen.Int[0, 20], Gen.Int[1, 256], Gen.Int);

    [Fact]
    public void It_agrees_with_the_plain_loop_over_the_explicit_Jacobian() => Cases.Sample(
        (units, inputs, others, rows, seed) =>
        {
            JacobianFactors<double> block = FactorBlocks.Random(units, inputs, others, 1, seed)[0];
            double[][] columns = FactorBlocks.ExplicitColumns(block);
            SymmetricMatrix kernel = Kernel(block, rows, threads: 1);
            ShouldBe(kernel, (i, j) => columns.Sum(column => column[i] * column[j]), columns.Length);
        },
        iter: 20);

    [Fact]
    public void The_share_of_the_biases_can_be_kept_apart() => Cases.Where(c => c.Inputs > 1).Sample(
        (units, inputs, others, rows, seed) =>
        {
            JacobianFactors<double> block = FactorBlocks.Random(units, inputs, others, 1, seed)[0];
            block.Input(inputs - 1).Fill(1);
            var penalized = new SymmetricMatrix(rows);
            var biases = new SymmetricMatrix(rows);
            Filled(block, rows, threads: 2).Compute(penalized, biases);

            double[][] columns = FactorBlocks.ExplicitColumns(block);
            bool IsBias(int column) => column < units * inputs ? column % inputs == inputs - 1 : column == columns.Length - 1;
            double Share(int i, int j, bool ofBiases) => columns.Where((_, index) => IsBias(index) == ofBiases).Sum(column => column[i] * column[j]);
            ShouldBe(biases, (i, j) => Share(i, j, true), columns.Length);
            ShouldBe(penalized, (i, j) => Share(i, j, false), columns.Length);
        },
        iter: 20);

    [Fact]
    public void With_weights_of_the_columns_it_is_the_plain_loop_and_the_forms_of_a_matrix_are_those_of_the_columns() => Cases.Sample(
        (units, inputs, others, rows, seed) =>
        {
            JacobianFactors<double> block = FactorBlocks.Random(units, inputs, others, 1, seed)[0];
            double[][] columns = FactorBlocks.ExplicitColumns(block);
            var random = new Random(seed);
            double[] ofInputs = [.. Enumerable.Range(0, inputs).Select(_ => 3 * random.NextDouble())], ofOthers = [.. Enumerable.Range(0, others).Select(_ => 3 * random.NextDouble())];
            double Weight(int column) => column < units * inputs ? ofInputs[column % inputs] : ofOthers[column - (units * inputs)];
            DualKernel filled = Filled(block, rows, threads: 3);
            SymmetricMatrix weighted = new(rows), plain = new(rows);
            filled.ComputeWeighted(weighted, ofInputs, ofOthers);
            ShouldBe(weighted, (i, j) => columns.Select((column, at) => Weight(at) * column[i] * column[j]).Sum(), 4 * columns.Length);
            filled.Compute(plain, null);
            ShouldBe(plain, (i, j) => columns.Sum(column => column[i] * column[j]), columns.Length);

            var matrix = new RowMatrix(rows, rows);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j <= i; j++) matrix.Row(i)[j] = matrix.Row(j)[i] = random.NextDouble() - 0.5;
            }

            double Form(double[] column) => Enumerable.Range(0, rows).Sum(i => column[i] * Enumerable.Range(0, rows).Sum(j => matrix.Row(i)[j] * column[j]));
            double[] formsOfInputs = new double[inputs], formsOfOthers = new double[others];
            filled.ColumnForms(matrix, formsOfInputs, formsOfOthers);
            for (int k = 0; k < inputs; k++) formsOfInputs[k].Should().BeApproximately(Enumerable.Range(0, units).Sum(i => Form(columns[(i * inputs) + k])), 1e-9 * rows * rows * units);
            for (int l = 0; l < others; l++) formsOfOthers[l].Should().BeApproximately(Form(columns[(units * inputs) + l]), 1e-9 * rows * rows);
        },
        iter: 20);

    [Fact]
    public void The_number_of_threads_changes_no_bit() => Cases.Sample(
        (units, inputs, others, rows, seed) =>
        {
            JacobianFactors<double> block = FactorBlocks.Random(units, inputs, others, 1, seed)[0];
            SymmetricMatrix one = Kernel(block, rows, threads: 1), four = Kernel(block, rows, threads: 4);
            for (int i = 0; i < rows; i++) one.Row(i).SequenceEqual(four.Row(i)).Should().BeTrue();
        },
        iter: 20);

    private static DualKernel Filled(JacobianFactors<double> block, int rows, int threads)
    {
        var kernel = new DualKernel(rows, block.UnitCount, block.InputCount, block.OtherCount, new WorkSharing(threads));
        kernel.SetRows(0, rows, block);
        return kernel;
    }

    private static SymmetricMatrix Kernel(JacobianFactors<double> block, int rows, int threads)
    {
        var matrix = new SymmetricMatrix(rows);
        Filled(block, rows, threads).Compute(matrix, null);
        return matrix;
    }

    private static void ShouldBe(SymmetricMatrix matrix, Func<int, int, double> expected, int terms)
    {
        for (int i = 0; i < matrix.Size; i++)
        {
            for (int j = 0; j <= i; j++) matrix[i, j].Should().BeApproximately(expected(i, j), 1e-14 * (1 + terms));
        }
    }
}
