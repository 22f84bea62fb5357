using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Core.Training;

/// <summary>
/// Whether the positive part of the residuals' curvature joins the matrix of inexact steps. It costs, and whether it pays depends on the table: where residuals stay large and valleys bend, it gets
/// much further; elsewhere Gauss-Newton alone is as good. So both are tried in turn for a few steps from time to time, and the one by which the logarithm of the loss fell more for its cost takes the steps between.
/// A small state machine that sees only numbers.
/// </summary>
internal sealed class ResidualCurvaturePolicy
{
    // Steps of a cycle, and how many of them at its beginning are trials, one with and one without in turn.
    private const int Cycle = 32;
    private const int Trials = 8;

    // What earlier cycles said counts so much.
    private const double Memory = 0.5;

    private double _progressWith;
    private double _costWith;
    private double _progressWithout;
    private double _costWithout;
    private int _steps;

    /// <summary>Whether it joins the next step.</summary>
    internal bool IsUsed => _steps % Cycle < Trials ? _steps % 2 == 0 : Preferred;

    private bool Preferred => _progressWith * _costWithout >= _progressWithout * _costWith;

    /// <summary>A step was taken.</summary>
    /// <param name="relativeFall">The fall of the loss over the loss before, from 0 to 1.</param>
    /// <param name="cost">What it cost, in any unit.</param>
    internal void Accepted(double relativeFall, double cost)
    {
        double progress = -Math.Log(Math.Max(1 - relativeFall, double.Epsilon));
        if (IsUsed) (_progressWith, _costWith) = (_progressWith + progress, _costWith + cost);
        else (_progressWithout, _costWithout) = (_progressWithout + progress, _costWithout + cost);
        if (++_steps % Cycle != 0) return;

        _progressWith *= Memory;
        _costWith *= Memory;
        _progressWithout *= Memory;
        _costWithout *= Memory;
    }

    internal void WriteState(StateWriter writer)
    {
        writer.Write(_steps);
        writer.Write([_progressWith, _costWith, _progressWithout, _costWithout]);
    }

    internal void ReadState(StateReader reader)
    {
        _steps = reader.ReadInt32(0, int.MaxValue, "the steps with and without the residuals' curvature");
        double[] values = reader.ReadFinite(4, "what steps with and without it gained and cost");
        (_progressWith, _costWith, _progressWithout, _costWithout) = (values[0], values[1], values[2], values[3]);
    }
}
