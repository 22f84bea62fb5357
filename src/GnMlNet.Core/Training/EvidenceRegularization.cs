using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Training;

/// <summary>Carries out the <see cref="EvidencePolicy"/> on an objective: measures what the policy asks for at the current point and sets the penalties that it answers.</summary>
internal sealed class EvidenceRegularization
{
    private readonly PenalizedObjective _objective;
    private readonly LevenbergMarquardtStep _step;
    private readonly ParameterGroups _groups;
    private readonly double[] _penalties;
    private EvidencePolicy _policy;

    /// <param name="objective">The objective whose penalties are set.</param>
    /// <param name="step">The step that linearizes it, in the primal or the dual form.</param>
    internal EvidenceRegularization(PenalizedObjective objective, LevenbergMarquardtStep step)
    {
        (_objective, _step) = (objective, step);
        _groups = new ParameterGroups(objective.Trained);
        _penalties = new double[objective.Trained.Count];
        _policy = new EvidencePolicy(_groups, objective.TotalWeight);
    }

    /// <summary>The precisions now.</summary>
    internal Evidence Current => _policy.Current;

    /// <summary>How many groups of parameters there are.</summary>
    internal int GroupCount => _groups.Count;

    /// <summary>Whether the last <see cref="Adapt"/> re-estimated them.</summary>
    internal bool IsEstimatedAnew { get; private set; }

    /// <summary>The bytes that it takes beyond those of the primal step.</summary>
    internal static double Bytes(TrainedParameters trained) => SymmetricMatrix.Bytes(trained.LongCount);

    /// <summary>Starts anew.</summary>
    /// <param name="initial">The precisions to start from, or null for the usual ones.</param>
    internal void Begin(Evidence? initial = null)
    {
        _policy = new EvidencePolicy(_groups, _objective.TotalWeight, initial);
        SetPenalties();
    }

    /// <summary>Re-estimates the precisions where they are due.</summary>
    /// <param name="iteration">How many iterations there were, successful or not.</param>
    /// <param name="parameters">theta, at which the step has just been linearized.</param>
    /// <param name="gradient">The gradient there; that of the new penalties on return.</param>
    /// <param name="loss">The loss there.</param>
    /// <returns>The loss there with the new penalties.</returns>
    internal double Adapt(int iteration, double[] parameters, double[] gradient, double loss)
    {
        IsEstimatedAnew = EvidencePolicy.IsDue(iteration) && _step.System.TryInvert();
        if (!IsEstimatedAnew) return loss;

        _policy.Reestimate(
            _groups.Sum(_step.System.InverseDiagonal), _groups.Sum(i => parameters[i] * parameters[i]), meanSquaredError: loss - _objective.Penalty(parameters));
        for (int i = 0; i < gradient.Length; i++) gradient[i] -= _penalties[i] * parameters[i];
        loss -= _objective.Penalty(parameters);
        SetPenalties();
        for (int i = 0; i < gradient.Length; i++) gradient[i] += _penalties[i] * parameters[i];
        loss += _objective.Penalty(parameters);
        _step.PenaltiesChanged(parameters, gradient);
        return loss;
    }

    private void SetPenalties()
    {
        for (int i = 0; i < _penalties.Length; i++) _penalties[i] = _policy.Penalty(_groups[i]);
        _objective.SetPenalties(_penalties);
    }
}
