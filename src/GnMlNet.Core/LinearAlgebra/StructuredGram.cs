namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// J^T J without forming J, from its factors (see <see cref="JacobianFactors{T}"/>), accumulated block of rows by block of rows:
/// <see cref="GramLayout"/> says which dot products are made, <see cref="GramAccumulator{T}"/> makes them.
/// Blocks of doubles and of floats may be mixed; their sums are kept in double.
/// </summary>
internal sealed unsafe class StructuredGram
{
    private readonly GramLayout _layout;
    private readonly AlignedBuffer<double> _sums;
    private readonly GramAccumulator<double> _double;
    private readonly GramAccumulator<float> _single;
    private Place[]? _places;
    private nint _placesStride;

    internal StructuredGram(int units, int inputs, int others, WorkSharing work)
    {
        _layout = new GramLayout(units, inputs, others);
        _sums = new AlignedBuffer<double>(_layout.SumCount);
        _double = new GramAccumulator<double>(_layout, _sums, work);
        _single = new GramAccumulator<float>(_layout, _sums, work);
    }

    /// <summary>The bytes of the sums, to within the padding of the last panels and tiles.</summary>
    internal static double Bytes(double units, double inputs, double others) =>
        sizeof(double) * ((units * (units + 1) / 2 * (inputs + 1) * ((inputs / 2) + 1)) + (units * inputs * (others + 3)) + ((others + 3) * (others + 3)));

    /// <summary>The products, one multiplication and one addition each, that a row costs.</summary>
    internal static double ProductsPerRow(double units, double inputs, double others) =>
        (units * (units + 1) / 2 * inputs * (inputs + 1) / 2) + (units * inputs * others) + (others * others);

    internal void Clear() => _sums.Clear();

    /// <summary>Adds blocks of rows, in order.</summary>
    internal void Add(ReadOnlyMemory<JacobianFactors<double>> blocks) => _double.Add(blocks);

    /// <inheritdoc cref="Add(ReadOnlyMemory{JacobianFactors{double}})"/>
    internal void Add(ReadOnlyMemory<JacobianFactors<float>> blocks) => _single.Add(blocks);

    /// <summary>Copies the sums out: the hidden weights unit by unit, then the other columns.</summary>
    internal void CopyTo(SymmetricMatrix target)
    {
        (ProductFamily hidden, ProductFamily mixed, ProductFamily other) = (_layout.Families[0], _layout.Families[1], _layout.Families[2]);
        int inputs = _layout.InputCount;
        Place[] places = PlacesFor(hidden, target.Stride);
        double** corners = stackalloc double*[DotTile.Rows];
        for (int panel = 0; panel < hidden.PanelCount; panel++)
        {
            for (int r = 0; r < DotTile.Rows; r++)
            {
                // The last pair is repeated where the panel is not full, and so are its sums.
                (int i, int i2) = _layout.UnitPairs[Math.Min((panel * DotTile.Rows) + r, hidden.LeftCount - 1)];
                corners[r] = target.Pointer + ((long)i * inputs * target.Stride) + (i2 * inputs);
            }

            double* sums = _sums.Pointer + hidden.TileIndex(panel, 0);
            foreach (Place place in places)
            {
                for (int r = 0; r < DotTile.Rows; r++)
                {
                    // On the diagonal, i = i2, the second write falls above it, where nothing is read.
                    double sum = sums[place.Sum + (r * DotTile.MostColumns)];
                    corners[r][place.Below] = sum;
                    corners[r][place.Above] = sum;
                }
            }
        }

        int columns = _layout.Columns.Length;
        for (int right = 0; right < _layout.OtherCount; right++)
        {
            Span<double> row = target.Row(columns + right);
            for (int left = 0; left < columns; left++) row[left] = _sums.Pointer[mixed.SumIndex(left, right)];
            for (int left = 0; left <= right; left++) row[columns + left] = _sums.Pointer[other.SumIndex(right, left)];
        }
    }

    /// <summary>Where the products with each pair of inputs lie among the sums, and where they go in a block of the matrix, below its diagonal and above.</summary>
    private Place[] PlacesFor(ProductFamily hidden, nint stride)
    {
        if (_places is { } known && _placesStride == stride) return known;
        _placesStride = stride;
        long first = hidden.SumIndex(0, 0);
        return _places = [.. _layout.InputPairs.Select((pair, c) => new Place((nint)(hidden.SumIndex(0, c) - first), (pair.First * stride) + pair.Second, (pair.Second * stride) + pair.First))];
    }

    private readonly record struct Place(nint Sum, nint Below, nint Above);
}
