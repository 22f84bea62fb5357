namespace GnMlNet.Onnx;

/// <summary>A value of the graph, of which arithmetic makes further ones; shapes that differ are broadcast as NumPy does.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Name">Its name there.</param>
internal readonly record struct OnnxTensor(OnnxGraph Graph, string Name)
{
    public static OnnxTensor operator +(OnnxTensor left, OnnxTensor right) => left.Graph.Apply("Add", left, right);

    public static OnnxTensor operator +(OnnxTensor left, double right) => left + left.Graph.Constant(right);

    public static OnnxTensor operator -(OnnxTensor left, OnnxTensor right) => left.Graph.Apply("Sub", left, right);

    public static OnnxTensor operator -(OnnxTensor left, double right) => left - left.Graph.Constant(right);

    public static OnnxTensor operator -(double left, OnnxTensor right) => right.Graph.Constant(left) - right;

    public static OnnxTensor operator -(OnnxTensor value) => value.Graph.Apply("Neg", value);

    public static OnnxTensor operator *(OnnxTensor left, OnnxTensor right) => left.Graph.Apply("Mul", left, right);

    public static OnnxTensor operator *(OnnxTensor left, double right) => left * left.Graph.Constant(right);

    public static OnnxTensor operator /(OnnxTensor left, OnnxTensor right) => left.Graph.Apply("Div", left, right);

    public static OnnxTensor operator /(OnnxTensor left, double right) => left / left.Graph.Constant(right);

    internal OnnxTensor Squared => this * this;

    internal OnnxTensor Exponential => Graph.Apply("Exp", this);

    internal OnnxTensor Magnitude => Graph.Apply("Abs", this);

    internal OnnxTensor Sign => Graph.Apply("Sign", this);

    internal OnnxTensor AtLeast(OnnxTensor least) => Graph.Apply("Max", this, least);

    internal OnnxTensor AtMost(OnnxTensor greatest) => Graph.Apply("Min", this, greatest);

    /// <summary>The nearest numbers within bounds; infinite bounds cost nothing.</summary>
    internal OnnxTensor Within(double least, double greatest)
    {
        OnnxTensor value = double.IsNegativeInfinity(least) ? this : AtLeast(Graph.Constant(least));
        return double.IsPositiveInfinity(greatest) ? value : value.AtMost(Graph.Constant(greatest));
    }

    /// <summary>One of two numbers, by whether those of this tensor are below a bound.</summary>
    internal OnnxTensor WhereBelow(double bound, OnnxTensor below, OnnxTensor otherwise) => Graph.Apply("Where", Graph.Apply("Less", this, Graph.Constant(bound)), below, otherwise);

    /// <summary>The product with a matrix, row by row.</summary>
    internal OnnxTensor Times(OnnxTensor matrix) => Graph.Apply("MatMul", this, matrix);

    /// <summary>The sum along an axis, which is kept with a length of 1.</summary>
    internal OnnxTensor Sum(long axis = 1) => Reduced("ReduceSum", axis, isKept: true);

    /// <summary>The sum along an axis, which is dropped.</summary>
    internal OnnxTensor SumOver(long axis) => Reduced("ReduceSum", axis, isKept: false);

    /// <summary>The mean of each row.</summary>
    internal OnnxTensor Mean() => Reduced("ReduceMean", axis: 1, isKept: true);

    /// <summary>Some columns.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="end">The first after them.</param>
    internal OnnxTensor Columns(int first, int end) => Graph.Apply("Slice", this, Graph.Constant([(long)first]), Graph.Constant([(long)end]), Graph.Constant([1L]));

    /// <summary>The same numbers with a new axis of length 1.</summary>
    internal OnnxTensor WithAxis(long axis) => Graph.Apply("Unsqueeze", [this], node => node.AddAttribute("axes", [axis]));

    /// <summary>The same numbers as one row for each row.</summary>
    /// <param name="length">How many numbers a row has.</param>
    // A length of 0 in a shape stands for the one that is there.
    internal OnnxTensor Flattened(long length) => Graph.Apply("Reshape", this, Graph.Constant([0L, length]));

    /// <summary>The same numbers in another type.</summary>
    internal OnnxTensor As(Type type) => Graph.Apply("Cast", [this], node => node.AddAttribute("to", type));

    private OnnxTensor Reduced(string operation, long axis, bool isKept) => Graph.Apply(operation, [this], node =>
    {
        node.AddAttribute("axes", [axis]);
        node.AddAttribute("keepdims", isKept ? 1L : 0L);
    });
}
