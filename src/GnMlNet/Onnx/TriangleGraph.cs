namespace GnMlNet.Onnx;

/// <summary>Squared norms of products with a lower triangular matrix, in panels of some rows, each as wide as its last row: little is stored or computed right of the diagonal.</summary>
internal static class TriangleGraph
{
    private const int PanelHeight = 64;

    /// <summary>|T v|^2, a column.</summary>
    /// <param name="vectors">v, as many numbers a row as T has.</param>
    /// <param name="triangle">T, row by row up to the diagonal; numbers in single precision stay so in the file.</param>
    internal static OnnxTensor SquaredNorm(OnnxTensor vectors, ReadOnlySpan<float> triangle) => SquaredNorm(vectors, triangle, (panel, entries, rows) => vectors.Graph.Constant(panel, entries, rows));

    /// <inheritdoc cref="SquaredNorm(OnnxTensor, ReadOnlySpan{float})"/>
    internal static OnnxTensor SquaredNorm(OnnxTensor vectors, ReadOnlySpan<double> triangle) => SquaredNorm(vectors, triangle, (panel, entries, rows) => vectors.Graph.Constant(panel, entries, rows));

    private static OnnxTensor SquaredNorm<T>(OnnxTensor vectors, ReadOnlySpan<T> triangle, Func<T[], int, int, OnnxTensor> constant)
    {
        OnnxTensor? sum = null;
        int size = SizeOf(triangle.Length);
        for (int first = 0; first < size; first += PanelHeight)
        {
            int end = Math.Min(first + PanelHeight, size);
            sum = Add(sum, vectors, constant(Panel(triangle, first, end), end, end - first), end);
        }

        return sum!.Value;
    }

    private static OnnxTensor Add(OnnxTensor? sum, OnnxTensor vectors, OnnxTensor panel, int end)
    {
        OnnxTensor squares = vectors.Columns(0, end).Times(panel).Squared.Sum();
        return sum is { } before ? before + squares : squares;
    }

    /// <summary>Some rows, as columns.</summary>
    private static T[] Panel<T>(ReadOnlySpan<T> triangle, int first, int end)
    {
        var panel = new T[end * (end - first)];
        for (int i = first; i < end; i++)
        {
            ReadOnlySpan<T> row = triangle.Slice((int)((long)i * (i + 1) / 2), i + 1);
            for (int k = 0; k < row.Length; k++) panel[(k * (end - first)) + i - first] = row[k];
        }

        return panel;
    }

    private static int SizeOf(int length) => (int)((Math.Sqrt((8.0 * length) + 1) - 1) / 2);
}
