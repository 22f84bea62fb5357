namespace GnMlNet.Cluster.Work;

/// <summary>Work on parts that are made of rows.</summary>
internal interface IRowWork
{
    /// <summary>Told how many rows have been passed over, each time that some have, by any thread.</summary>
    Action<long> Passed { set; }

    /// <summary>How many rows some parts have.</summary>
    /// <param name="firstPart">The first part.</param>
    /// <param name="endPart">The number behind the last part.</param>
    long Rows(int firstPart, int endPart);
}
