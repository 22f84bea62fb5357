using GnMlNet.Core.Streaming;
using Microsoft.ML;

namespace GnMlNet.Cli.Internals;

/// <summary>Rows that ML.NET prepared, as training goes through them.</summary>
internal static class PreparedRows
{
    /// <summary>Begins to go through the usable rows of a data view.</summary>
    /// <param name="data">The data view.</param>
    /// <param name="label">The column of labels.</param>
    /// <param name="features">The column of features.</param>
    internal static IRowCursor Open(IDataView data, string label, string features) => ViewCursor.Of(data, label, features);
}
