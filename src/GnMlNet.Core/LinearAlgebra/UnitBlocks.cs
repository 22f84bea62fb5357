namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// A symmetric matrix of the parameters of a network that has entries only between parameters of one hidden unit: a block for each unit, of the weights of its
/// q inputs and its output weight, (q + 1) x (q + 1).
/// </summary>
internal sealed class UnitBlocks
{
    private readonly double[] _values;

    internal UnitBlocks(int units, int inputs)
    {
        (Units, Inputs) = (units, inputs);
        _values = new double[units * Size * Size];
    }

    /// <summary>How many blocks there are.</summary>
    internal int Units { get; }

    /// <summary>q, the inputs of a unit, its bias among them.</summary>
    internal int Inputs { get; }

    /// <summary>q + 1, the rows of a block.</summary>
    internal int Size => Inputs + 1;

    /// <summary>The blocks, one after the other.</summary>
    internal Span<double> Values => _values;

    /// <summary>The bytes that the blocks of a network take.</summary>
    internal static double Bytes(double units, double inputs) => sizeof(double) * units * (inputs + 1) * (inputs + 1);

    /// <summary>A unit's block, row by row, both triangles.</summary>
    internal Span<double> Block(int unit) => _values.AsSpan(unit * Size * Size, Size * Size);

    /// <summary>The lower triangles of the blocks, one after the other, row by row.</summary>
    internal double[] LowerTriangles()
    {
        var triangles = new double[Units * Size * (Size + 1) / 2];
        int at = 0;
        for (int i = 0; i < Units; i++)
        {
            for (int a = 0; a < Size; a++, at += a) Block(i).Slice(a * Size, a + 1).CopyTo(triangles.AsSpan(at));
        }

        return triangles;
    }

    internal void Clear() => Array.Clear(_values);

    /// <summary>The parameter that row a of a unit's block belongs to.</summary>
    internal int Parameter(int unit, int a) => a < Inputs ? (unit * Inputs) + a : (Units * Inputs) + unit;

    /// <summary>product += B v.</summary>
    internal void AddProduct(ReadOnlySpan<double> v, Span<double> product)
    {
        int outputs = Units * Inputs;
        for (int i = 0; i < Units; i++)
        {
            ReadOnlySpan<double> block = Block(i), weights = v.Slice(i * Inputs, Inputs);
            Span<double> sums = product.Slice(i * Inputs, Inputs);
            double output = v[outputs + i];
            for (int a = 0; a < Inputs; a++)
            {
                ReadOnlySpan<double> row = block.Slice(a * Size, Size);
                sums[a] += Vectors.Dot(weights, row) + (row[Inputs] * output);
            }

            ReadOnlySpan<double> last = block.Slice(Inputs * Size, Size);
            product[outputs + i] += Vectors.Dot(weights, last) + (last[Inputs] * output);
        }
    }

    /// <summary>Adds the blocks to a matrix of all parameters.</summary>
    internal void AddTo(SymmetricMatrix matrix)
    {
        for (int i = 0; i < Units; i++)
        {
            ReadOnlySpan<double> block = Block(i);
            for (int a = 0; a < Inputs; a++)
            {
                Span<double> row = matrix.Row((i * Inputs) + a);
                for (int b = 0; b <= a; b++) row[(i * Inputs) + b] += block[(a * Size) + b];
            }

            Span<double> last = matrix.Row((Units * Inputs) + i);
            for (int b = 0; b < Inputs; b++) last[(i * Inputs) + b] += block[(Inputs * Size) + b];
            last[^1] += block[^1];
        }
    }

    /// <summary>Replaces every block by its positive part: the sum of lambda v v^T over its positive eigenvalues.</summary>
    internal void TakePositiveParts()
    {
        var eigen = new JacobiEigenvectors(Size);
        for (int i = 0; i < Units; i++) eigen.TakePositivePart(Block(i));
    }

    /// <summary>Replaces every block by its Cholesky factor L, B = L L^T, in the lower triangle; false where one is not positive definite to working precision.</summary>
    internal bool TryFactor()
    {
        for (int i = 0; i < Units; i++)
        {
            Span<double> block = Block(i);
            for (int a = 0; a < Size; a++)
            {
                Span<double> row = block.Slice(a * Size, Size);
                for (int b = 0; b < a; b++) row[b] = (row[b] - Vectors.Dot(row[..b], block.Slice(b * Size, b))) / block[(b * Size) + b];
                double pivot = row[a] - Vectors.Dot(row[..a], row[..a]);
                if (!(pivot > 0) || double.IsInfinity(pivot)) return false;
                row[a] = Math.Sqrt(pivot);
            }
        }

        return true;
    }

    /// <summary>x := B^-1 x for the parameters of the units, from the factors of <see cref="TryFactor"/>.</summary>
    internal void Solve(Span<double> x)
    {
        Span<double> part = stackalloc double[Size <= 256 ? Size : 0];
        if (part.IsEmpty) part = new double[Size];
        for (int i = 0; i < Units; i++)
        {
            ReadOnlySpan<double> block = Block(i);
            for (int a = 0; a < Size; a++) part[a] = x[Parameter(i, a)];
            for (int a = 0; a < Size; a++) part[a] = (part[a] - Vectors.Dot(part[..a], block.Slice(a * Size, a))) / block[(a * Size) + a];
            for (int a = Size - 1; a >= 0; a--)
            {
                part[a] /= block[(a * Size) + a];
                Vectors.AddScaled(block.Slice(a * Size, a), -part[a], part[..a]);
            }

            for (int a = 0; a < Size; a++) x[Parameter(i, a)] = part[a];
        }
    }
}
