using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GnMlNet.Tests;

/// <summary>Exports models by ML.NET's converter and scores rows with ONNX Runtime.</summary>
internal static class OnnxGraphs
{
    internal static readonly string[] Columns = ["Score", "Lower", "Upper", "StandardDeviation"];

    internal static byte[] ToOnnx(this MLContext context, ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        context.Model.ConvertToOnnx(model, data, stream);
        return stream.ToArray();
    }

    internal static InferenceSession Open(byte[] onnx)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return new InferenceSession(onnx, options);
    }

    /// <summary>What the graph makes of all rows at once.</summary>
    internal static Dictionary<string, float[]> Run(byte[] onnx, IDataView data)
    {
        using InferenceSession session = Open(onnx);
        return Run(session, data);
    }

    /// <inheritdoc cref="Run(byte[], IDataView)"/>
    internal static Dictionary<string, float[]> Run(InferenceSession session, IDataView data)
    {
        NamedOnnxValue[] inputs = [.. session.InputNames.Select(name => Input(data, data.Schema[name]))];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(inputs);
        return Columns.Where(name => session.OutputNames.Contains(name + ".output")).ToDictionary(name => name, name => results.Single(result => result.Name == name + ".output").AsTensor<float>().ToArray());
    }

    /// <summary>The graph gives every row what ML.NET gives it, within 1e-5 of a unit, and both make the same columns.</summary>
    internal static void ShouldAgree(byte[] onnx, ITransformer model, IDataView data, double unit)
    {
        IDataView scored = model.Transform(data);
        Dictionary<string, float[]> found = Run(onnx, data);
        found.Keys.Should().Equal(Columns.Where(name => scored.Schema.GetColumnOrNull(name) is not null));
        foreach ((string name, float[] values) in found) Distance([.. scored.GetColumn<float>(name)], values).Should().BeLessThanOrEqualTo(1e-5 * unit, name);
    }

    /// <summary>The largest difference; infinite where one side alone is infinite or not a number.</summary>
    internal static double Distance(float[] expected, float[] found)
    {
        found.Should().HaveSameCount(expected);
        return expected.Zip(found, (one, other) => one.Equals(other) ? 0 : Math.Abs((double)one - other) is var difference && double.IsFinite(difference) ? difference : double.PositiveInfinity).Max();
    }

    private static NamedOnnxValue Input(IDataView data, DataViewSchema.Column column)
    {
        NamedOnnxValue Of<T>(T[] values, int width) => NamedOnnxValue.CreateFromTensor(column.Name, new DenseTensor<T>(values, [values.Length / width, width]));
        return column.Type switch
        {
            VectorDataViewType vector => Of<float>([.. data.GetColumn<float[]>(column.Name).SelectMany(row => row)], vector.Size),
            TextDataViewType => Of<string>([.. data.GetColumn<string>(column.Name)], 1),
            _ => Of<float>([.. data.GetColumn<float>(column.Name)], 1),
        };
    }
}
