using GnMlNet.Core.Data;

namespace GnMlNet.Cluster.Training;

/// <summary>Reads the rows of the parts of a table on a silo.</summary>
internal interface IPartReader
{
    /// <summary>The rows from the first one of a part on, in blocks that are full but for the last.</summary>
    IEnumerable<SourceBlock> RowsFrom(int part);

    /// <summary>Where the rows of a part are, for a message, such as the names of files.</summary>
    string PlaceOf(int part);
}
