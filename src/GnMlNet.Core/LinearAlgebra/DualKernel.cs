namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// J J^T of n rows without forming J, from its factors (see <see cref="JacobianFactors{T}"/>) kept row by row:
/// <code>
/// J J^T = (S S^T) o (X X^T) + E E^T          (o: entry by entry)
/// </code>
/// so an entry costs as many products as there are units, inputs and other columns together, not as there are parameters.
/// The last input may be a constant, whose weights are the hidden biases; their share, (S S^T) o (x x^T), can be kept apart, together with that of the
/// last other column, the output bias.
/// </summary>
internal sealed unsafe class DualKernel
{
    private const int Tasks = 32;

    private readonly int _rows;
    private readonly RowMatrix _slopes;
    private readonly RowMatrix _inputs;
    private readonly RowMatrix _others;
    private readonly WorkSharing _work;
    private readonly Action<int> _computeRows;
    private SymmetricMatrix? _target;
    private SymmetricMatrix? _biases;

    // The inputs and other columns of the kernel under way, with weights or without.
    private RowMatrix _usedInputs;
    private RowMatrix _usedOthers;
    private RowMatrix? _weighted;
    private RowMatrix? _weightedOthers;

    internal DualKernel(int rows, int units, int inputs, int others, WorkSharing work)
    {
        _rows = rows;
        _slopes = new RowMatrix(rows, units);
        _inputs = new RowMatrix(rows, inputs);
        _others = new RowMatrix(rows, others);
        (_usedInputs, _usedOthers) = (_inputs, _others);
        _work = work;
        _computeRows = ComputeRows;
    }

    /// <summary>The bytes of the factors, the kernel itself apart.</summary>
    internal static double Bytes(double rows, double units, double inputs, double others) => sizeof(double) * rows * (units + inputs + others + 24);

    /// <summary>The multiplications that computing the kernel takes.</summary>
    internal static double Products(double rows, double units, double inputs, double others) => rows * rows / 2 * (units + inputs + others);

    /// <summary>Takes over the first <paramref name="count"/> rows of a block as rows <paramref name="first"/> onward.</summary>
    internal void SetRows(int first, int count, JacobianFactors<double> block)
    {
        for (int i = 0; i < block.UnitCount; i++) _slopes.SetColumn(i, first, block.Slope(i)[..count]);
        for (int k = 0; k < block.InputCount; k++) _inputs.SetColumn(k, first, block.Input(k)[..count]);
        for (int l = 0; l < block.OtherCount; l++) _others.SetColumn(l, first, block.Other(l)[..count]);
    }

    /// <summary>Computes the kernel.</summary>
    /// <param name="target">n x n.</param>
    /// <param name="biases">Where the share of the biases goes, n x n; or null when it is to stay in <paramref name="target"/>.</param>
    internal void Compute(SymmetricMatrix target, SymmetricMatrix? biases)
    {
        (_target, _biases, _usedInputs, _usedOthers) = (target, biases, _inputs, _others);
        _work.For(Math.Min(Tasks, _rows), _computeRows);
    }

    /// <summary>Computes J M^-1 J^T for a diagonal M that has one value for each input and one for each other column: (S S^T) o (X M_x^-1 X^T) + E M_e^-1 E^T.</summary>
    /// <param name="target">n x n.</param>
    /// <param name="inputs">M_x^-1, one number an input, not negative.</param>
    /// <param name="others">M_e^-1, one number an other column, not negative.</param>
    internal void ComputeWeighted(SymmetricMatrix target, ReadOnlySpan<double> inputs, ReadOnlySpan<double> others)
    {
        _weighted ??= new RowMatrix(_rows, _inputs.Columns);
        _weightedOthers ??= new RowMatrix(_rows, _others.Columns);
        Weigh(_inputs, inputs, _weighted);
        Weigh(_others, others, _weightedOthers);
        (_target, _biases, _usedInputs, _usedOthers) = (target, null, _weighted, _weightedOthers);
        _work.For(Math.Min(Tasks, _rows), _computeRows);
    }

    /// <summary>The sums over the units of (s_i o x_k)^T C (s_i o x_k) for every input, and e_l^T C e_l for every other column.</summary>
    /// <param name="matrix">C, n x n, symmetric.</param>
    /// <param name="inputs">Where the first go.</param>
    /// <param name="others">Where the others go.</param>
    internal void ColumnForms(RowMatrix matrix, Span<double> inputs, Span<double> others)
    {
        inputs.Clear();
        others.Clear();
        Span<double> row = new double[_rows];
        for (int i = 0; i < _rows; i++)
        {
            Span<double> entries = matrix.Row(i)[.._rows];
            for (int j = 0; j < _rows; j++) row[j] = entries[j] * Vectors.Dot(_slopes.Row(i), _slopes.Row(j));
            AddForms(_inputs, i, row, inputs);
            AddForms(_others, i, entries, others);
        }
    }

    // sums_k += x_ik sum_j row_j x_jk.
    private static void AddForms(RowMatrix columns, int i, ReadOnlySpan<double> row, Span<double> sums)
    {
        Span<double> products = new double[columns.Columns];
        for (int j = 0; j < row.Length; j++) Vectors.AddScaled(columns.Row(j), row[j], products);
        for (int k = 0; k < sums.Length; k++) sums[k] += columns.Row(i)[k] * products[k];
    }

    private static void Weigh(RowMatrix from, ReadOnlySpan<double> weights, RowMatrix to)
    {
        double[] roots = new double[weights.Length];
        Vectors.SquareRoot(weights, roots);
        for (int i = 0; i < from.Rows; i++) Vectors.Multiply<double>(from.Row(i), roots, to.Row(i));
    }

    // Rows of about the same number of entries left of the diagonal; each task writes its own rows only.
    private void ComputeRows(int task)
    {
        int tasks = Math.Min(Tasks, _rows);
        int first = (int)(_rows * Math.Sqrt((double)task / tasks)), end = task + 1 == tasks ? _rows : (int)(_rows * Math.Sqrt((task + 1.0) / tasks));
        if (first == end) return;

        SymmetricMatrix target = _target!;
        for (int i = first; i < end; i++) target.Row(i).Clear();
        AddProducts(_slopes, target, first, end, _slopes.Columns);
        int inputs = _usedInputs.Columns, others = _usedOthers.Columns;
        if (_biases is not null)
        {
            (inputs, others) = (inputs - 1, Math.Max(0, others - 1));
            for (int i = first; i < end; i++)
            {
                target.Row(i).CopyTo(_biases.Row(i));
                MultiplyByProductsOfColumn(_biases.Row(i), i, inputs);
                if (_others.Columns > 0) AddProductsOfColumn(_biases.Row(i), i, others);
            }
        }

        for (int i = first; i < end; i += DotTile.Rows) MultiplyByProducts(target, i, Math.Min(end, i + DotTile.Rows), inputs);
        if (others > 0) AddProducts(_usedOthers, target, first, end, others);
    }

    private static void AddProducts(RowMatrix matrix, SymmetricMatrix target, int first, int end, int columns) =>
        BlockedProduct.Add(
            matrix.RowPointer(first), matrix.Stride, matrix.RowPointer(0), matrix.Stride, target.Pointer + ((long)first * target.Stride), target.Stride, end - first, end, columns, diagonal: first, sign: 1);

    /// <summary>Multiplies some rows entry by entry by the dot products of the first inputs.</summary>
    private void MultiplyByProducts(SymmetricMatrix target, int first, int end, int inputs)
    {
        double* products = stackalloc double[DotTile.Rows * BlockSize.Rows];
        for (int block = 0; block < end; block += BlockSize.Rows)
        {
            int length = Math.Min(BlockSize.Rows, end - block);
            new Span<double>(products, DotTile.Rows * BlockSize.Rows).Clear();
            BlockedProduct.Add(_usedInputs.RowPointer(first), _usedInputs.Stride, _usedInputs.RowPointer(block), _usedInputs.Stride, products, BlockSize.Rows, end - first, length, inputs, diagonal: length, sign: 1);
            for (int i = first; i < end; i++)
            {
                Span<double> entries = target.Row(i);
                entries = entries.Slice(Math.Min(block, entries.Length), Math.Max(0, Math.Min(length, entries.Length - block)));
                Vectors.Multiply<double>(entries, new Span<double>(products + ((i - first) * BlockSize.Rows), entries.Length), entries);
            }
        }
    }

    private void MultiplyByProductsOfColumn(Span<double> row, int i, int column)
    {
        double factor = _inputs.RowPointer(i)[column];
        for (int j = 0; j < row.Length; j++) row[j] *= factor * _inputs.RowPointer(j)[column];
    }

    private void AddProductsOfColumn(Span<double> row, int i, int column)
    {
        double factor = _others.RowPointer(i)[column];
        for (int j = 0; j < row.Length; j++) row[j] = Math.FusedMultiplyAdd(factor, _others.RowPointer(j)[column], row[j]);
    }
}
