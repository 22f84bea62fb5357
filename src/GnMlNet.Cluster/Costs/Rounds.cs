namespace GnMlNet.Cluster.Costs;

/// <summary>Members that take a step, some at the same time: each has a chain of things to do one after the other, on resources that all share.</summary>
/// <param name="Members">How many there are.</param>
/// <param name="AtOnce">How many of them at a time.</param>
internal readonly record struct Rounds(int Members, int AtOnce)
{
    /// <summary>How long sums over silos and factorizations take that each member has.</summary>
    /// <param name="sums">The sums of a member.</param>
    /// <param name="solving">Seconds of a core of the coordinator for its factorizations.</param>
    /// <param name="cluster">Who has how many cores.</param>
    internal CostTerms Take(SumCost sums, double solving, ClusterSize cluster)
    {
        var chain = new CostTerms(sums.Core / Math.Min(1, cluster.Cores), sums.Wire, sums.Latency + (sums.Coordinator / cluster.CoordinatorCores), solving / Math.Min(1, cluster.CoordinatorCores));
        return Take(chain, (sums.Core / cluster.Cores, sums.Wire, (sums.Coordinator + solving) / cluster.CoordinatorCores));
    }

    /// <summary>How long members take that need nothing but the cores of one machine.</summary>
    /// <param name="passing">Seconds of a core for passes.</param>
    /// <param name="solving">Seconds of a core for factorizations.</param>
    /// <param name="cores">The cores.</param>
    internal CostTerms TakeAlone(double passing, double solving, double cores)
    {
        double speed = Math.Min(1, cores);
        return Take(new CostTerms(passing / speed, 0, 0, solving / speed), ((passing + solving) / cores, 0, 0));
    }

    /// <summary>
    /// How long it takes: as many rounds of a chain as needed, or as long as the busiest resource has work, whichever is more (the bounds of operational analysis; Denning and Buzen 1978). What that is more than the rounds
    /// members wait for this resource.
    /// </summary>
    /// <param name="chain">The chain of a member.</param>
    /// <param name="busy">For how long a member keeps all of a resource busy: the cores of the busiest silo, the wire, the coordinator's cores.</param>
    private CostTerms Take(CostTerms chain, (double Passing, double Sending, double Solving) busy)
    {
        CostTerms rounds = Math.Ceiling(Members / (double)AtOnce) * chain;
        double passing = Members * busy.Passing, sending = Members * busy.Sending, solving = Members * busy.Solving, more = Math.Max(passing, Math.Max(sending, solving)) - rounds.Seconds;
        if (!(more > 0)) return rounds;
        return passing >= sending && passing >= solving ? rounds with { Passing = rounds.Passing + more }
            : sending >= solving ? rounds with { Sending = rounds.Sending + more }
            : rounds with { Solving = rounds.Solving + more };
    }
}
