namespace GnMlNet.Cluster.Costs;

/// <summary>
/// How long training is predicted to take on a cluster. The terms follow from what the code does:
/// <list type="table">
/// <listheader><term>what</term><description>how often, and what it costs</description></listheader>
/// <item><term>a gradient pass</term><description>once a trial; all rows of the member, p + 1 numbers from every node of the tree of sums that lies in a silo's range (<c>StreamedLeastSquares</c>, <c>ClusterTable</c>)</description></item>
/// <item><term>a Gram pass</term><description>once an iteration; 64 rows a parameter or all, p (p + 1) / 2 numbers from every node. The rows are blocks of neighbouring parts (<c>TableLayout</c>), so that few silos have some where these are fewer than the parts</description></item>
/// <item><term>a factorization</term><description>once a trial, twice with an inverse for the evidence; on the coordinator, or with <see cref="Spread.Members"/> on the silo of the member</description></item>
/// <item><term>a judgement</term><description>at every rung of the ladder; all rows, p numbers of every member there and four back</description></item>
/// </list>
/// Members take their steps at the same time, as many as there are threads: an iteration takes as many rounds of a member's chain of passes and factorizations as needed, or as long as the busiest of cores, wire and coordinator has
/// work for, whichever is more; what it is more by counts for that one. The rows come from memory or from a disk that keeps up. Reading and laying out the table, the kernel block and calibration are not part of it: they are the coordinator's, whatever the cluster.
/// </summary>
public sealed record TrainingCost
{
    private const int JudgementNumbers = 4;

    private TrainingCost()
    {
    }

    /// <summary>What is spread.</summary>
    public required Spread Spread { get; init; }

    /// <summary>Over how many silos; 0 for no cluster.</summary>
    public required int Silos { get; init; }

    /// <summary>An iteration in which all members pass over all their rows.</summary>
    public required CostTerms Iteration { get; init; }

    /// <summary>A judgement of the ensemble by left-out rows.</summary>
    public required CostTerms Judgement { get; init; }

    /// <summary>The iterations on rows in memory, all together.</summary>
    public required CostTerms Beginning { get; init; }

    /// <summary>All of training.</summary>
    public required CostTerms Whole { get; init; }

    /// <summary>Predicts the cost of a training.</summary>
    /// <param name="task">What is trained.</param>
    /// <param name="rates">What machines and wires do.</param>
    /// <param name="cluster">How many there are.</param>
    /// <param name="spread">What is spread over them; of no consequence without silos.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is out of its range; the exception names it.</exception>
    public static TrainingCost Of(TrainingTask task, ClusterRates rates, ClusterSize cluster, Spread spread)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(cluster);
        task.Validate();
        rates.Validate();
        cluster.Validate();
        var work = new MemberWork(task, rates);
        var shares = PartShares.Of(task.Parts, Math.Max(1, cluster.Silos));
        CostTerms iteration = cluster.Silos == 0 ? OnCoordinator(task, work.Passes, work, cluster) : spread == Spread.Rows ? ByRows(task, work, shares, rates, cluster) : ByMembers(task, work.Passes, work, rates, cluster);
        CostTerms held = cluster.Silos == 0 || spread == Spread.Rows ? OnCoordinator(task, work.HeldPasses, work, cluster) : ByMembers(task, work.HeldPasses, work, rates, cluster);
        CostTerms judgement = Judge(task, work, shares, rates, cluster), beginning = task.HeldIterations * held;
        return new TrainingCost
        {
            Spread = spread,
            Silos = cluster.Silos,
            Iteration = iteration,
            Judgement = judgement,
            Beginning = beginning,
            Whole = beginning + (task.Iterations * iteration) + (task.Judgements * judgement),
        };
    }

    /// <summary>The cost by whichever is to be spread to take the least time; by rows where both take as long.</summary>
    /// <inheritdoc cref="Of"/>
    public static TrainingCost Least(TrainingTask task, ClusterRates rates, ClusterSize cluster)
    {
        TrainingCost rows = Of(task, rates, cluster, Spread.Rows), members = Of(task, rates, cluster, Spread.Members);
        return members.Whole.Seconds < rows.Whole.Seconds ? members : rows;
    }

    private static Rounds RoundsOf(TrainingTask task, ClusterSize cluster) => new(task.Members, Math.Min(task.Members, cluster.Threads));

    private static CostTerms OnCoordinator(TrainingTask task, double passes, MemberWork work, ClusterSize cluster) => RoundsOf(task, cluster).TakeAlone(passes, work.Solving, cluster.CoordinatorCores);

    /// <summary>An iteration whose passes are sums over all silos, and whose factorizations are the coordinator's.</summary>
    private static CostTerms ByRows(TrainingTask task, MemberWork work, PartShares shares, ClusterRates rates, ClusterSize cluster)
    {
        SumCost sums = (task.Trials * SumCost.OverSilos(work.Gradient(shares.Most), shares, task.Parameters, task.Parameters + 1, rates))
            + SumCost.OverSilos(work.Gram(shares.Most), shares, task.Parameters, task.TriangleNumbers, rates);
        return RoundsOf(task, cluster).Take(sums, work.Solving, cluster);
    }

    /// <summary>An iteration in which silos advance the members that are theirs: their states go there and come back.</summary>
    private static CostTerms ByMembers(TrainingTask task, double passes, MemberWork work, ClusterRates rates, ClusterSize cluster)
    {
        int ofSilo = (task.Members + cluster.Silos - 1) / cluster.Silos;
        CostTerms own = new Rounds(ofSilo, Math.Min(ofSilo, (int)Math.Max(1, cluster.Cores))).TakeAlone(passes, work.Solving, cluster.Cores);
        // Point, gradient, last direction, metric and the point that was kept.
        double stateNumbers = 5.0 * task.Parameters;
        SumCost states = SumCost.ToMembers(task.Members, stateNumbers, rates);
        return own + new CostTerms(0, states.Wire, states.Latency + (states.Coordinator / cluster.CoordinatorCores), 0);
    }

    /// <summary>A pass for predictions: on the coordinator by all its threads, on a silo by one.</summary>
    private static CostTerms Judge(TrainingTask task, MemberWork work, PartShares shares, ClusterRates rates, ClusterSize cluster) => cluster.Silos == 0
        ? new CostTerms(work.Judgement(task.Parts) / Math.Min(cluster.Threads, cluster.CoordinatorCores), 0, 0, 0)
        : new Rounds(1, 1).Take(SumCost.OverSilos(work.Judgement(shares.Most), shares, (double)task.Members * task.Parameters, JudgementNumbers, rates), solving: 0, cluster);
}
