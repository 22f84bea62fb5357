namespace GnMlNet.Balls.Matrices;

/// <summary>What the radii of a <see cref="BallMatrix"/> belong to.</summary>
public enum RadiusSide
{
    /// <summary>One radius for every row.</summary>
    Rows = 0,

    /// <summary>One radius for every column.</summary>
    Columns = 1,
}
