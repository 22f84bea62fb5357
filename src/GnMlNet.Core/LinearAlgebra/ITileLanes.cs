using System.Runtime.Intrinsics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>A vector register of doubles or floats as the tiles use it, so that one text of them serves registers of every width.</summary>
internal unsafe interface ITileLanes<TSelf, T>
    where TSelf : struct, ITileLanes<TSelf, T>
    where T : unmanaged
{
    /// <summary>How many numbers it holds.</summary>
    static abstract int Count { get; }

    /// <summary>Whether <see cref="FourSums"/> works.</summary>
    static abstract bool HasFourSums { get; }

    /// <summary>The numbers from a place on.</summary>
    static abstract TSelf Load(T* first);

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Of(T number);

    /// <summary>Writes the numbers from a place on.</summary>
    static abstract void Store(TSelf lanes, T* first);

    /// <summary>x y + sum, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf x, TSelf y, TSelf sum);

    /// <summary>x y.</summary>
    static abstract TSelf Multiply(TSelf x, TSelf y);

    /// <summary>x - y.</summary>
    static abstract TSelf Subtract(TSelf x, TSelf y);

    /// <summary>|x|.</summary>
    static abstract TSelf Abs(TSelf x);

    /// <summary>The lesser of x and a limit; x where it is not a number.</summary>
    static abstract TSelf Limit(TSelf x, TSelf limit);

    /// <summary>2^n for whole numbers n that stand in the lowest bits of a number of T, where 2^n is a normal number of T.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>The sum over the lanes.</summary>
    static abstract double Sum(TSelf lanes);

    /// <summary>The sums over the lanes of four registers at once.</summary>
    static abstract Vector256<double> FourSums(TSelf c0, TSelf c1, TSelf c2, TSelf c3);
}
