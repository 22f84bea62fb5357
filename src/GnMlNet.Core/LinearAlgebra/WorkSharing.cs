namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// Runs independent pieces of work on a bounded number of threads. Every piece writes only what is its own,
/// so results do not depend on the number of threads.
/// </summary>
internal static class WorkSharing
{
    internal static void For(int count, int threads, Action<int> body)
    {
        if (threads <= 1 || count <= 1)
        {
            for (int i = 0; i < count; i++) body(i);
            return;
        }

        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, body);
    }
}
