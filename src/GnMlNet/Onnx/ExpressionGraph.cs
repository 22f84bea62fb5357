using System.Globalization;
using Microsoft.ML.Transforms;

namespace GnMlNet.Onnx;

/// <summary>The arithmetic of an ML.NET expression such as <c>(a, b) => a / b</c> in the graph, in the types that ML.NET computes it in.</summary>
/// <param name="graph">The graph.</param>
/// <param name="arguments">What its parameters stand for, in order.</param>
internal sealed class ExpressionGraph(OnnxGraph graph, IReadOnlyList<OnnxTensor> arguments)
{
    /// <summary>Whether it is made of parameters, constants, + - * / and changes between single and double alone.</summary>
    internal static bool IsArithmetic(ExprNode node) => IsReal(node.ExprType) && (node.ExprValue is not null || (IsReal(node.SrcKind) && node switch
    {
        IdentNode { Referent: ParamNode } => true,
        UnaryOpNode { Op: UnaryOp.Minus } unary => IsArithmetic(unary.Arg),
        BinaryOpNode binary => OperatorOf(binary.Op) is not null && IsArithmetic(binary.Left) && IsArithmetic(binary.Right),
        CallNode call => IsConversion(call) && call.Args.Items[0] is ExprNode argument && IsArithmetic(argument),
        _ => false,
    }));

    /// <summary>The value of an arithmetic expression.</summary>
    internal OnnxTensor Value(ExprNode node)
    {
        if (node.ExprValue is not null) return graph.Constant(Convert.ToDouble(node.ExprValue, CultureInfo.InvariantCulture)).As(TypeOf(node.ExprType));
        OnnxTensor value = node switch
        {
            IdentNode { Referent: ParamNode parameter } => arguments[parameter.Index],
            UnaryOpNode unary => -Value(unary.Arg),
            BinaryOpNode binary => graph.Apply(OperatorOf(binary.Op)!, Value(binary.Left), Value(binary.Right)),
            CallNode call => Value((ExprNode)call.Args.Items[0]).As(TypeOf(node.SrcKind)),
            _ => throw new NotSupportedException($"An expression of the kind {node.Kind} cannot be exported to ONNX."),
        };
        return node.NeedsConversion ? value.As(TypeOf(node.ExprType)) : value;
    }

    private static bool IsReal(ExprTypeKind kind) => kind is ExprTypeKind.R4 or ExprTypeKind.R8;

    private static bool IsConversion(CallNode call) => call.Head.Value is "single" or "double" && call.Args.Items.Length == 1;

    private static Type TypeOf(ExprTypeKind kind) => kind == ExprTypeKind.R4 ? typeof(float) : typeof(double);

    private static string? OperatorOf(BinaryOp operation) => operation switch
    {
        BinaryOp.Add => "Add",
        BinaryOp.Sub => "Sub",
        BinaryOp.Mul => "Mul",
        BinaryOp.Div => "Div",
        _ => null,
    };
}
