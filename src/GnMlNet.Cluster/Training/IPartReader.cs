using GnMlNet.Core.Streaming;

namespace GnMlNet.Cluster.Training;

/// <summary>Reads rows of a table on a silo, with features as they come to training.</summary>
internal interface IPartReader
{
    /// <summary>The training rows from one on to the last of the table.</summary>
    /// <param name="place">Where the first of them is.</param>
    IRowCursor RowsFrom(long place);

    /// <summary>Where rows are, for a message, such as the names of files.</summary>
    /// <param name="first">Where the first of them is.</param>
    /// <param name="end">Where the first row behind them is.</param>
    string NameOf(long first, long end);
}
