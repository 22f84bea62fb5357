using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Streaming;

/// <summary>A large table, wherever its rows are: in memory, on disk, on other machines.</summary>
internal abstract class RowTable : IDisposable
{
    /// <summary>How it lies in blocks.</summary>
    internal abstract TableLayout Layout { get; }

    /// <summary>The sum of a pass, added up as <see cref="PartTree"/> says, so that its bits do not depend on who holds the rows; from any thread.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="work">Threads that rows which are here may share; null for the caller alone.</param>
    /// <exception cref="TemporaryFileException">The disk fails.</exception>
    internal abstract double[] Sum(RowPass pass, WorkSharing? work = null);

    /// <summary>Some blocks, in memory, in the order given.</summary>
    /// <param name="map">The map.</param>
    /// <param name="blocks">Which blocks.</param>
    internal abstract RowBlock[] Load(int map, int[] blocks);

    /// <summary>Gives back what it takes here.</summary>
    public abstract void Dispose();
}
