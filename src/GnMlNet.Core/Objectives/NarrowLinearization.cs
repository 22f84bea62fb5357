using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Objectives;

/// <summary>
/// The weighted Jacobian of all rows at a point, in factors and in single precision, and the residuals: what products with J^T W J and the second derivatives of the loss are made from.
/// Two blocks of rows lie together; sums over them are added in order, so the bits do not depend on the number of threads.
/// </summary>
internal sealed class NarrowLinearization
{
    // Sums over units are as large as a quarter of J, so a few pairs of blocks at a time have them.
    private const int PairsOfThread = 8;

    private readonly WorkSharing _work;
    private readonly NarrowBlock[] _blocks;
    private readonly float[] _vector;
    private readonly double[]?[] _unitSums;
    private readonly RiccatiCoefficients _riccati;

    // What the threads run, made once so that a product allocates nothing.
    private readonly Action<int> _multiplyGram;
    private readonly Action<int> _squareColumns;
    private readonly Action<int> _unitGram;
    private readonly Action<int> _residualCurvature;
    private UnitBlocks? _layout;
    private int _start;

    internal NarrowLinearization(TrainedParameters trained, Activation activation, int blockCount, WorkSharing work)
    {
        (_riccati, _work, BlockCount) = (activation.Riccati, work, blockCount);
        _blocks = [.. Enumerable.Range(0, (blockCount + 1) / 2).Select(_ => new NarrowBlock(trained))];
        _vector = new float[trained.Count];
        _multiplyGram = slot => _blocks[slot].MultiplyGram(_vector);
        _squareColumns = slot => _blocks[slot].SquareColumns();
        _unitSums = new double[Math.Min(_blocks.Length, PairsOfThread * work.Threads)][];
        _unitGram = slot => _blocks[_start + slot].SumUnits(new GramColumns(), _layout!, ref _unitSums[slot]);
        _residualCurvature = slot => _blocks[_start + slot].SumUnits(new CurvatureColumns(_blocks[_start + slot], (float)_riccati.Constant, (float)_riccati.Linear), _layout!, ref _unitSums[slot]);
    }

    /// <summary>How many blocks of rows there are.</summary>
    internal int BlockCount { get; }

    /// <summary>How many pairs of blocks there are.</summary>
    internal int PairCount => _blocks.Length;

    /// <summary>The most bytes that it takes, those of sums over units for every pair of blocks among them.</summary>
    internal static double Bytes(TrainedParameters trained, double blockCount) =>
        (blockCount + 1) / 2 * (trained.FactorBytes<float>() + (sizeof(double) * (double)trained.LongCount) + (4.0 * sizeof(float) * JacobianFactors<float>.Rows) + UnitBlocks.Bytes(trained.Shape.HiddenSize, trained.Shape.UnitLength));

    /// <summary>Takes over one block of rows; blocks are independent of each other.</summary>
    internal void Set(FactoredBlock block) => _blocks[block.FirstRow / RowBlock.Capacity / 2].Set(block, block.FirstRow / RowBlock.Capacity % 2 * RowBlock.Capacity);

    /// <summary>product = J^T W J v.</summary>
    internal void MultiplyGram(ReadOnlySpan<double> v, Span<double> product)
    {
        for (int i = 0; i < v.Length; i++) _vector[i] = (float)v[i];
        _work.For(_blocks.Length, _multiplyGram);
        Sum(product);
    }

    /// <summary>squares = the diagonal of J^T W J.</summary>
    internal void SquareColumns(Span<double> squares)
    {
        _work.For(_blocks.Length, _squareColumns);
        Sum(squares);
    }

    /// <summary>The blocks of J^T W J between parameters of one unit.</summary>
    internal void UnitGram(UnitBlocks blocks) => SumUnits(blocks, _unitGram);

    /// <summary>
    /// Half the second derivatives of the loss that J^T W J leaves out, sum_j w_j r_j f''(x_j): for a network of one hidden layer they are 0 but between parameters of one unit, where they are
    /// sum_j w_j r_j [v s'' x x^T, s' x; s' x^T, 0].
    /// </summary>
    internal void ResidualCurvature(UnitBlocks blocks) => SumUnits(blocks, _residualCurvature);

    /// <summary>Adds J^T W J of some pairs of blocks of rows.</summary>
    /// <param name="gram">Where to.</param>
    /// <param name="sample">Which of the pairs.</param>
    internal void AddGram(StructuredGram gram, RowSample sample) =>
        gram.Add((JacobianFactors<float>[])[.. Enumerable.Range(0, sample.Count).Select(i => _blocks[sample.Block(i)].Factors)]);

    /// <summary>The weight of some pairs of blocks of rows.</summary>
    internal double WeightOf(RowSample sample)
    {
        double sum = 0;
        for (int i = 0; i < sample.Count; i++) sum += _blocks[sample.Block(i)].Weight;
        return sum;
    }

    private void SumUnits(UnitBlocks blocks, Action<int> add)
    {
        _layout = blocks;
        blocks.Clear();
        for (_start = 0; _start < _blocks.Length; _start += _unitSums.Length)
        {
            int count = Math.Min(_unitSums.Length, _blocks.Length - _start);
            _work.For(count, add);
            for (int slot = 0; slot < count; slot++) Vectors.AddScaled(_unitSums[slot], 1, blocks.Values);
        }
    }

    private void Sum(Span<double> sum)
    {
        sum.Clear();
        foreach (NarrowBlock block in _blocks) Vectors.AddScaled(block.Sums, 1, sum);
    }

    /// <summary>Two blocks of rows.</summary>
    private sealed class NarrowBlock(TrainedParameters trained)
    {
        private readonly float[] _rows = new float[JacobianFactors<float>.Rows];
        private readonly double[] _weights = new double[2];

        internal JacobianFactors<float> Factors { get; } = trained.NewFactors<float>();

        internal double[] Sums { get; } = new double[trained.Count];

        /// <summary>r_j, w_j^(1/2) r_j and w_j r_j.</summary>
        internal float[][] Residuals { get; } = [.. Enumerable.Range(0, 3).Select(_ => new float[JacobianFactors<float>.Rows])];

        internal double Weight => _weights[0] + _weights[1];

        internal void Set(FactoredBlock block, int row)
        {
            NarrowedFactors.NarrowBlock(block.Factors, Factors, row);
            double weight = 0;
            for (int j = 0; j < block.Weights.Length; j++)
            {
                double w = block.Weights[j], residual = w > 0 ? block.Residuals[j] / Math.Sqrt(w) : 0;
                (Residuals[0][row + j], Residuals[1][row + j], Residuals[2][row + j]) = ((float)residual, (float)block.Residuals[j], (float)(w * residual));
                weight += w;
            }

            _weights[row / RowBlock.Capacity] = weight;
        }

        internal void MultiplyGram(float[] vector)
        {
            JacobianProducts.Multiply(Factors, vector, _rows);
            JacobianProducts.MultiplyTransposed(Factors, _rows, Sums);
        }

        internal void SquareColumns() => JacobianProducts.SquareColumns(Factors, Sums);

        internal void SumUnits<TColumns>(TColumns columns, UnitBlocks layout, ref double[]? sums)
            where TColumns : IUnitColumns
        {
            sums ??= new double[layout.Values.Length];
            UnitProducts.Compute(Factors, columns, layout, sums);
        }
    }

    /// <summary>J^T W J itself: s^2, s t and t^2.</summary>
    private readonly struct GramColumns : IUnitColumns
    {
        public double Form(JacobianFactors<float> block, int unit, Span<float> inputs, Span<float> output)
        {
            ReadOnlySpan<float> slope = block.Slope(unit), value = block.Other(unit);
            Vectors.Multiply(slope, slope, inputs);
            Vectors.Multiply(slope, value, output);
            return Vectors.Dot(value, value);
        }
    }

    /// <summary>With S = w^(1/2) v s' and T = w^(1/2) s, which the factors hold: w r v s'' = S (b w^(1/2) r - 2 T r) and w r s' = a w r + b T w^(1/2) r - T^2 r.</summary>
    private readonly struct CurvatureColumns(NarrowBlock block, float constant, float linear) : IUnitColumns
    {
        public double Form(JacobianFactors<float> factors, int unit, Span<float> inputs, Span<float> output)
        {
            Vectors.SecondSlopes(factors.Slope(unit), factors.Other(unit), block.Residuals, constant, linear, inputs, output);
            return 0;
        }
    }
}
