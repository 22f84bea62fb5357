namespace GnMlNet.Core.Streaming;

/// <summary>Goes through rows one by one, always in the same order.</summary>
public interface IRowCursor : IDisposable
{
    /// <summary>The features of the present row, d numbers; good until the next one.</summary>
    ReadOnlySpan<float> Features { get; }

    /// <summary>Its label, y_j.</summary>
    double Label { get; }

    /// <summary>Its weight, w_j.</summary>
    double Weight { get; }

    /// <summary>Its group, any number where rows come with groups; null: it is a group of its own.</summary>
    int? Group { get; }

    /// <summary>Where it is in what it is read from, such as the number of a line; greater from row to row.</summary>
    long Place { get; }

    /// <summary>Goes to the next row; false where there is none.</summary>
    bool MoveNext();
}
