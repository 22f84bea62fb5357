namespace GnMlNet.Core.Training;

/// <summary>What makes a problem fit into less memory, or lets it have more.</summary>
public enum MemoryRemedy
{
    /// <summary>A single network in place of an ensemble: it can do without matrices of its parameters.</summary>
    SingleNetwork,

    /// <summary>Fewer hidden units.</summary>
    FewerHiddenUnits,

    /// <summary>Fewer features.</summary>
    FewerFeatures,

    /// <summary>Fewer rows.</summary>
    FewerRows,

    /// <summary>A fixed penalty in place of one that adapts by evidence.</summary>
    FixedPenalty,

    /// <summary>Fewer centres of the kernel block, or fewer rows for its evidence.</summary>
    FewerCentres,

    /// <summary>No kernel block.</summary>
    NoKernel,

    /// <summary>Squared error in place of Huber's loss.</summary>
    SquaredError,

    /// <summary>A greater limit.</summary>
    RaiseLimit,
}
