using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Training;

/// <summary>Writes a run of training down. <see cref="Traces.TraceWriter"/> does; nothing outside this library can implement it.</summary>
public interface ITrainingRecorder
{
    /// <summary>The settings and rows of a run.</summary>
    /// <param name="rows">The rows in the order and units that training works in.</param>
    /// <param name="units">Those units, or null where nothing was standardized.</param>
    /// <param name="shape">The network.</param>
    /// <param name="options">The options.</param>
    /// <param name="form">How steps are computed.</param>
    /// <param name="inexact">When steps are inexact.</param>
    internal void Begin(BlockedRows rows, Standardization? units, NetworkShape shape, TrainingOptions options, StepFormChoice form, InexactPhase inexact);

    /// <summary>One accepted step, or the starting point.</summary>
    /// <param name="iteration">Its figures.</param>
    /// <param name="parameters">theta after it.</param>
    /// <param name="step">The step.</param>
    /// <param name="sample">The rows of its matrix.</param>
    /// <param name="inexact">What else there is to know of an inexact step; null for others.</param>
    /// <param name="penalties">The penalties in it; empty where they are those of the options throughout.</param>
    /// <param name="evidence">The precisions that these come from, or null where they are those of the options throughout.</param>
    /// <param name="evidenceMatrix">The lower triangle of J^T W J that they were just estimated from, row by row, where it was made at the point before the step and in single precision; else empty.</param>
    internal void Record(TrainingIteration iteration, ReadOnlySpan<double> parameters, LevenbergMarquardtStep step, CurvatureSample sample, InexactStep? inexact, ReadOnlySpan<double> penalties, Evidence? evidence, ReadOnlySpan<double> evidenceMatrix);
}
