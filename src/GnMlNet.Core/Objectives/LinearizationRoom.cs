namespace GnMlNet.Core.Objectives;

/// <summary>
/// Jacobians in single precision that nobody needs at the moment, for objectives that take turns: one needs two of them while it takes a step, and between steps that of its point alone.
/// For any number of threads.
/// </summary>
internal sealed class LinearizationRoom
{
    private readonly Stack<NarrowLinearization> _free = [];

    /// <summary>One of a size, or null where there is none; those of another size are given up: rows grow for all objectives at once, and an odd block of another objective must not stay in the last pair.</summary>
    /// <param name="blockCount">How many blocks of rows it must have.</param>
    internal NarrowLinearization? Take(int blockCount)
    {
        lock (_free)
        {
            while (_free.TryPop(out NarrowLinearization? free))
            {
                if (free.BlockCount == blockCount) return free;
            }

            return null;
        }
    }

    /// <summary>Gives up those that are free.</summary>
    internal void Clear()
    {
        lock (_free) _free.Clear();
    }

    /// <summary>Leaves one to the others.</summary>
    internal void Leave(NarrowLinearization free)
    {
        lock (_free) _free.Push(free);
    }
}
