using System.Globalization;
using Microsoft.ML.Model.OnnxConverter;

namespace GnMlNet.Onnx;

/// <summary>Writes operators and constants into the ONNX graph that ML.NET's converter is making. Constants are in double; the first axis of a tensor runs over the rows that are scored.</summary>
/// <param name="context">The converter's graph.</param>
/// <param name="prefix">What names of values begin with.</param>
internal sealed class OnnxGraph(OnnxContext context, string prefix)
{
    /// <summary>The version of the standard operators that the graph needs: the first whose TopK can sort upward.</summary>
    internal const int OperatorSet = 11;

    private readonly Dictionary<long, OnnxTensor> _scalars = [];
    private int _count;

    /// <summary>The tensor of a column, in its own type.</summary>
    /// <param name="name">The column of a data view.</param>
    internal OnnxTensor Column(string name) => new(this, context.GetVariableName(name));

    /// <summary>A number.</summary>
    internal OnnxTensor Constant(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        if (!_scalars.TryGetValue(bits, out OnnxTensor known)) known = _scalars[bits] = Constant([value], 1);
        return known;
    }

    /// <summary>A tensor of numbers.</summary>
    /// <param name="values">The numbers, the last index running fastest.</param>
    /// <param name="shape">How many of them each axis has.</param>
    internal OnnxTensor Constant(double[] values, params long[] shape) => new(this, context.AddInitializer(values, shape, NextName("Constant")));

    /// <summary>A tensor of numbers that keep their single precision in the file.</summary>
    /// <inheritdoc cref="Constant(double[], long[])"/>
    internal OnnxTensor Constant(float[] values, params long[] shape) => new OnnxTensor(this, context.AddInitializer(values, shape, NextName("Constant"))).As(typeof(double));

    /// <summary>Whole numbers, such as a shape.</summary>
    internal OnnxTensor Constant(params long[] values) => new(this, context.AddInitializer(values, [values.Length], NextName("Constant")));

    /// <summary>The first result of an operator.</summary>
    /// <param name="operation">Its name in the standard.</param>
    /// <param name="inputs">What it is applied to.</param>
    internal OnnxTensor Apply(string operation, params OnnxTensor[] inputs) => Apply(operation, inputs, _ => { });

    /// <summary>The first result of an operator with attributes.</summary>
    /// <param name="operation">Its name in the standard.</param>
    /// <param name="inputs">What it is applied to.</param>
    /// <param name="setAttributes">Sets the attributes.</param>
    internal OnnxTensor Apply(string operation, OnnxTensor[] inputs, Action<OnnxNode> setAttributes)
    {
        string output = context.AddIntermediateVariable(null, NextName(operation), skip: true);
        setAttributes(Node(operation, inputs, [output]));
        return new OnnxTensor(this, output);
    }

    /// <summary>The numbers of each row in ascending order.</summary>
    /// <param name="values">A row of some numbers for each row.</param>
    /// <param name="count">How many.</param>
    internal OnnxTensor Sorted(OnnxTensor values, int count)
    {
        string output = context.AddIntermediateVariable(null, NextName("TopK"), skip: true), places = context.AddIntermediateVariable(null, NextName("TopK"), skip: true);
        Node("TopK", [values, Constant([(long)count])], [output, places]).AddAttribute("largest", 0L);
        return new OnnxTensor(this, output);
    }

    /// <summary>Tensors side by side along an axis.</summary>
    internal OnnxTensor Concatenated(IReadOnlyList<OnnxTensor> parts, long axis = 1) => parts.Count == 1 ? parts[0] : Apply("Concat", [.. parts], node => node.AddAttribute("axis", axis));

    /// <summary>Gives a tensor the name and the type of a column that the graph is to make.</summary>
    internal void Return(OnnxTensor value, string name, Type type) => Node("Cast", [value], [name]).AddAttribute("to", type);

    // The standard's own operators are those of the empty domain.
    private OnnxNode Node(string operation, OnnxTensor[] inputs, string[] outputs) =>
        context.CreateNode(operation, inputs.Select(input => input.Name), outputs, context.GetNodeName(outputs[0]), domain: "");

    // With a number of its own each name is free at once; the converter would try them one by one.
    private string NextName(string operation) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{operation}.{_count++}");
}
