using System.Numerics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// Doubles that are worked on side by side in a vector register, so that one text of a function serves registers of every width. Each lane gets the bits that IEEE 754
/// prescribes, whatever the width.
/// </summary>
internal interface ILanes<TSelf>
    : IAdditionOperators<TSelf, TSelf, TSelf>,
        ISubtractionOperators<TSelf, TSelf, TSelf>,
        IMultiplyOperators<TSelf, TSelf, TSelf>,
        IDivisionOperators<TSelf, TSelf, TSelf>,
        IUnaryNegationOperators<TSelf, TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>How many lanes there are.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Of(double number);

    /// <summary>The numbers from a place on.</summary>
    static abstract TSelf Load(ref readonly double first);

    /// <summary>Writes the numbers from a place on.</summary>
    static abstract void Store(TSelf lanes, ref double first);

    /// <summary>a b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>|a|.</summary>
    static abstract TSelf Abs(TSelf a);

    /// <summary>|magnitude| with the sign of another number.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>In every lane <paramref name="greater"/> where a > b, else <paramref name="otherwise"/>, also where one of them is not a number.</summary>
    static abstract TSelf WhereGreater(TSelf a, TSelf b, TSelf greater, TSelf otherwise);

    /// <summary>2^n in every lane, n being what its lowest bits hold.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>The sum over the lanes.</summary>
    static abstract double Sum(TSelf lanes);
}
