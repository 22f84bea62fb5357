using GnMlNet.Core.Networks;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Training;

/// <summary>A trained network and how it came about.</summary>
public sealed class TrainingResult
{
    internal TrainingResult(Network network, Termination termination, IReadOnlyList<TrainingIteration> history, int bestIteration, StepFormChoice stepForm, Evidence? evidence)
    {
        Network = network;
        Termination = termination;
        History = history;
        BestIteration = bestIteration;
        StepForm = stepForm;
        Evidence = evidence;
    }

    /// <summary>The network, in the units of the training rows.</summary>
    public Network Network { get; }

    /// <summary>Why the kept run ended.</summary>
    public Termination Termination { get; }

    /// <summary>The iterations of the kept run, from its starting point on.</summary>
    public IReadOnlyList<TrainingIteration> History { get; }

    /// <summary>Which iteration of <see cref="History"/> the network is from: the last one or, with validation rows, the one with the least validation error.</summary>
    public int BestIteration { get; }

    /// <summary>In which form the steps were computed, and why.</summary>
    public StepFormChoice StepForm { get; }

    /// <summary>The precisions at the end of the kept run, where the penalty adapted by evidence; null otherwise.</summary>
    public Evidence? Evidence { get; }
}
