namespace GnMlNet.Core.LinearAlgebra;

/// <summary>A function of one number in the lanes of a vector; every lane gets the same bits, whatever the vector's width.</summary>
internal interface IVectorFunction
{
    /// <summary>The function and its derivative.</summary>
    static abstract TLanes Value<TLanes>(TLanes z, out TLanes slope)
        where TLanes : struct, ILanes<TLanes>;
}
