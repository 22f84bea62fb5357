using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Training;

/// <summary>When the steps of a run are those of an <see cref="InexactNewtonSystem"/>.</summary>
internal enum InexactPhase
{
    /// <summary>Never.</summary>
    None,

    /// <summary>From the first step on that disappoints.</summary>
    AfterDisappointment,

    /// <summary>From the start: no sample of the rows is small beside all of them, and a direct step is far dearer.</summary>
    FromStart,
}

/// <summary>Chooses between them.</summary>
internal static class InexactPhaseChoice
{
    // A direct step is the better start by far, so it must cost so many times as much not to be.
    private const double FarDearer = 4;

    /// <summary>The phase of a run.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="form">How the equations are solved otherwise.</param>
    /// <param name="options">The options.</param>
    internal static InexactPhase Of(PenalizedObjective objective, StepForm form, TrainingOptions options)
    {
        TrainedParameters trained = objective.Trained;
        // Their Jacobians stay in memory, as the rows must.
        if (objective is not PenalizedLeastSquares held) return InexactPhase.None;
        if (form != StepForm.Primal || !options.ApproximateCurvature || !Fits(held, options) || !InexactNewtonSystem.Pays(trained, objective.OutputCount)) return InexactPhase.None;
        bool isSampled = SamplingPolicy.Applies(objective.BlockCount, trained.LongCount);
        var costs = new StepCosts(trained, objective.OutputCount);
        if (!isSampled && costs.DirectStep > FarDearer * costs.InexactStep) return InexactPhase.FromStart;
        return isSampled || options.StaysSampled ? InexactPhase.AfterDisappointment : InexactPhase.None;
    }

    /// <summary>Whether their memory is what a member of an ensemble may take, or what the limit leaves for a single network.</summary>
    private static bool Fits(PenalizedLeastSquares objective, TrainingOptions options)
    {
        if (options.StaysSampled) return InexactNewtonSystem.FitsMember(objective.Trained, objective.BlockCount);
        double others = new MemoryRequirement(objective.Shape, objective.OutputCount).BytesWithoutStep + NormalSystem.Bytes(objective.Trained);
        return others + InexactNewtonSystem.Bytes(objective.Trained, objective.BlockCount) <= options.Run.MemoryLimit;
    }
}
