using GnMlNet.Core.Data;

namespace GnMlNet.Core.Streaming;

/// <summary>The sum of a pass over the blocks of one part after the other; for one thread.</summary>
internal abstract class PassSum
{
    /// <summary>Adds a block.</summary>
    /// <param name="block">Its number.</param>
    /// <param name="views">Its rows in every map that the pass needs, with a column of ones behind the inputs.</param>
    internal abstract void Add(int block, RowBlock[] views);

    /// <summary>Hands over the sum of a part and begins anew.</summary>
    /// <param name="sum">Where it goes.</param>
    internal abstract void Take(Span<double> sum);
}
