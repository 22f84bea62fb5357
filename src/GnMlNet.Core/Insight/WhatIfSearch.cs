using GnMlNet.Core.Ensembles;
using MathNet.Numerics.LinearAlgebra.Double;

namespace GnMlNet.Core.Insight;

/// <summary>The search for a smallest change: steps along slopes, then along the way from the row to where they lead the first place at the target.</summary>
internal sealed class WhatIfSearch
{
    private const int Places = 32;
    private const int MostDivisions = 14;
    private const int MostSlides = 4;

    // A change of the size of a change that is worth another round.
    private const double Worthwhile = 1e-6;

    private readonly ExplainedModel _model;
    private readonly RowRegion _region;
    private readonly WhatIfTarget _target;
    private readonly double _tolerance;
    private readonly int _steps;
    private readonly CancellationToken _cancellation;
    private readonly double _aim;
    private readonly double _score;
    private readonly LinearizedChange _linearized;
    private double _bestDistance = double.PositiveInfinity;
    private double _bestMiss;

    /// <param name="model">The model.</param>
    /// <param name="region">Where rows may be.</param>
    /// <param name="target">The target.</param>
    /// <param name="tolerance">How far from it will do.</param>
    /// <param name="steps">Steps from each start, at most.</param>
    /// <param name="cancellation">Ends the search.</param>
    internal WhatIfSearch(ExplainedModel model, RowRegion region, WhatIfTarget target, double tolerance, int steps, CancellationToken cancellation)
    {
        (_model, _region, _target, _tolerance, _steps, _cancellation, _linearized) = (model, region, target, tolerance, steps, cancellation, new LinearizedChange(region));
        (_score, Best) = (model.Predict([region.Start])[0], region.Start);
        (_aim, _bestMiss) = (target.NearestTo(_score), target.Distance(_score));
    }

    /// <summary>The changed row: the nearest at the target, or that which comes nearest to it.</summary>
    internal double[] Best { get; private set; }

    /// <summary>Whether it is at the target.</summary>
    internal bool IsFound => _bestMiss <= _tolerance;

    /// <summary>Looks for it.</summary>
    /// <param name="starts">Rows to start from besides the row itself.</param>
    internal void Run(IEnumerable<double[]> starts)
    {
        DenseVector none = new DenseVector(_region.Chosen.Length);
        if (IsFound) return;
        Refine(Step(none));
        foreach (double[] start in starts)
        {
            DenseVector change = _region.ChangeTo(start);
            // The way to a start that is farther than the best has nothing to offer before the best but what steps find.
            Refine(_region.Holds(_region.Row(change)) ? change : Step(none + (change / 2)));
        }
    }

    /// <summary>From a place at or beyond the target to the first place at the target on the way there, and along the places at the target to a nearer one.</summary>
    private void Refine(DenseVector change)
    {
        for (int slide = 0; slide < MostSlides; slide++)
        {
            if (Crossing(change) is not { } crossing) return;
            double before = _region.Distance(crossing);
            change = Step(crossing);
            if (_region.Distance(change) > before * (1 - Worthwhile)) return;
        }
    }

    /// <summary>Steps to a small change at the target, as the slopes see it.</summary>
    private DenseVector Step(DenseVector change)
    {
        double score = Try([change])[0], price = 0;
        for (int step = 0; step < _steps; step++)
        {
            Slope[] slopes = _model.Slopes(_region.Row(change));
            DenseVector g = DenseVector.Create(_region.Chosen.Length, k => slopes[_region.Chosen[k]].Middle * _region.Unit(k));
            if (!(g.L2Norm() > 0)) return change;
            DenseVector next = _linearized.Solve(g, _aim - score + (g * change));
            // By the price of a miss no step is taken that saves change at the cost of the target.
            price = Math.Max(price, 2 * _region.Metric.Multiply(next).L2Norm() / g.L2Norm());
            double Merit(DenseVector at, double ofScore) => (Math.Pow(_region.Distance(at), 2) / 2) + (price * Math.Abs(ofScore - _aim));
            DenseVector[] ways = [.. Enumerable.Range(0, 8).Select(halving => change + (Math.Pow(0.5, halving) * (next - change)))];
            double[] scores = Try(ways);
            double now = Merit(change, score);
            int taken = Array.FindIndex(scores.Zip(ways, (ofWay, way) => Merit(way, ofWay)).ToArray(), merit => merit < now - (1e-12 * Math.Abs(now)));
            if (taken < 0) return change;
            double moved = (ways[taken] - change).L2Norm();
            (change, score) = (ways[taken], scores[taken]);
            if (moved <= 1e-9 * (1 + change.L2Norm()) && Math.Abs(score - _aim) <= _tolerance) return change;
        }

        return change;
    }

    /// <summary>The first place at the target between the row and a changed one, or the changed one itself; null where there is none.</summary>
    private DenseVector? Crossing(DenseVector change)
    {
        double low = 0, high = 1;
        double[] shares = [.. Enumerable.Range(1, Places).Select(k => (double)k / Places)];
        for (int division = 0; division < MostDivisions; division++)
        {
            double[] scores = Try([.. shares.Select(share => share * change)]);
            int reached = Array.FindIndex(scores, IsReached);
            if (reached < 0)
            {
                // A step may end within the tolerance and not beyond.
                if (division == 0) return Math.Abs(scores[^1] - _aim) <= _tolerance ? change : null;
                break;
            }

            (low, high) = (reached == 0 ? low : shares[reached - 1], shares[reached]);
            if (high - low < 1e-15) break;
            (double from, double to) = (low, high);
            shares = [.. Enumerable.Range(1, Places).Select(k => k == Places ? to : from + ((to - from) * k / Places))];
        }

        return high * change;
    }

    /// <summary>Whether a score is at the target or beyond, seen from the row.</summary>
    private bool IsReached(double score) => (score - _aim) * (_aim - _score) >= 0;

    /// <summary>The scores of changed rows, of which the best is kept.</summary>
    private double[] Try(DenseVector[] changes)
    {
        _cancellation.ThrowIfCancellationRequested();
        double[][] rows = [.. changes.Select(_region.Row)];
        double[] scores = _model.Predict(rows);
        for (int k = 0; k < rows.Length; k++)
        {
            double miss = _target.Distance(scores[k]);
            if (double.IsNaN(miss) || !_region.Holds(rows[k])) continue;
            // What falls short by less than the tolerance is a smaller change for that, and not compared with what does not.
            double distance = miss <= _tolerance && IsReached(scores[k]) ? _region.Distance(changes[k]) : double.PositiveInfinity;
            if (distance < _bestDistance || (double.IsInfinity(_bestDistance) && miss < _bestMiss)) (Best, _bestMiss, _bestDistance) = (rows[k], miss, distance);
        }

        return scores;
    }
}
