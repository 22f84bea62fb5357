namespace GnMlNet.Onnx;

/// <summary>What a member of an ensemble says of rows, a column each.</summary>
/// <param name="Value">Its value, in standardized units.</param>
/// <param name="Variance">The variance of its value, or null where another member speaks for it.</param>
internal readonly record struct MemberTensors(OnnxTensor Value, OnnxTensor? Variance);
