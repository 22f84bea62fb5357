namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// What a block of <see cref="UnitBlocks"/> is a sum of, over rows j: a_j x_jk x_jl between two inputs, c_j x_jk between an input and the output weight, and a number
/// between the output weight and itself.
/// </summary>
internal interface IUnitColumns
{
    /// <summary>Writes a and c of one unit for a block of rows.</summary>
    /// <param name="block">The factors of J.</param>
    /// <param name="unit">Which unit.</param>
    /// <param name="inputs">a, one number a row.</param>
    /// <param name="output">c, one number a row.</param>
    /// <returns>The sum between the output weight and itself.</returns>
    double Form(JacobianFactors<float> block, int unit, Span<float> inputs, Span<float> output);
}
