using System.Numerics;

namespace GnMlNet.Core.Ensembles;

/// <summary>
/// Value + Rate t for all small t above 0: a function to first order, to one side of a point. Ordered as the functions are there, by value and where these are equal by rate, so that what is
/// computed with sums, multiples, comparisons and sorting has its exact one-sided derivative as the rate, also at its kinks (Griewank 2013, On stable piecewise linearization).
/// </summary>
/// <param name="Value">The value at the point.</param>
/// <param name="Rate">The one-sided derivative.</param>
internal readonly record struct OneSidedValue(double Value, double Rate) :
    IComparable<OneSidedValue>,
    IAdditionOperators<OneSidedValue, OneSidedValue, OneSidedValue>,
    ISubtractionOperators<OneSidedValue, OneSidedValue, OneSidedValue>,
    IUnaryNegationOperators<OneSidedValue, OneSidedValue>,
    IMultiplyOperators<OneSidedValue, double, OneSidedValue>,
    IDivisionOperators<OneSidedValue, double, OneSidedValue>,
    IComparisonOperators<OneSidedValue, OneSidedValue, bool>
{
    public static OneSidedValue operator +(OneSidedValue left, OneSidedValue right) => new(left.Value + right.Value, left.Rate + right.Rate);

    public static OneSidedValue operator -(OneSidedValue left, OneSidedValue right) => new(left.Value - right.Value, left.Rate - right.Rate);

    public static OneSidedValue operator -(OneSidedValue value) => new(-value.Value, -value.Rate);

    public static OneSidedValue operator *(OneSidedValue left, double right) => new(left.Value * right, left.Rate * right);

    public static OneSidedValue operator /(OneSidedValue left, double right) => new(left.Value / right, left.Rate / right);

    public static bool operator <(OneSidedValue left, OneSidedValue right) => left.Value < right.Value || (left.Value == right.Value && left.Rate < right.Rate);

    public static bool operator >(OneSidedValue left, OneSidedValue right) => right < left;

    public static bool operator <=(OneSidedValue left, OneSidedValue right) => left.Value < right.Value || (left.Value == right.Value && left.Rate <= right.Rate);

    public static bool operator >=(OneSidedValue left, OneSidedValue right) => right <= left;

    public int CompareTo(OneSidedValue other) => Value == other.Value ? Rate.CompareTo(other.Rate) : Value.CompareTo(other.Value);

    /// <summary>The nearest function between two constants.</summary>
    internal OneSidedValue Clamp(double least, double greatest)
    {
        OneSidedValue lower = new(least, 0), upper = new(greatest, 0);
        return this < lower ? lower : this > upper ? upper : this;
    }
}
