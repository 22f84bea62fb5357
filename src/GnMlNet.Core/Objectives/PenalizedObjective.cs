using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Objectives;

/// <summary>
/// E(theta) = sum_j w_j (f(x_j; theta) - y_j)^2 + sum_i lambda_i theta_i^2 in standardized units, sum_j w_j = 1, wherever the rows are: what training minimizes; <see cref="NetworkResiduals"/> has the
/// symbols. At first the penalty is one number lambda for all parameters but the biases, which have none; <see cref="SetPenalties"/> gives every parameter its own.
/// As a model its outputs are the weighted residuals sqrt(w_j) r_j, so that J^T J below is J^T W J of the network. A point is a whole theta, also where only the
/// first p of its numbers are trained.
/// </summary>
internal abstract class PenalizedObjective : DifferentiableModel
{
    private readonly double[] _penalties;
    private readonly double[] _point;

    /// <param name="trained">Which parameters of the network are trained.</param>
    /// <param name="penalty">lambda.</param>
    private protected PenalizedObjective(TrainedParameters trained, double penalty)
    {
        Trained = trained;
        _penalties = [.. Enumerable.Range(0, trained.Count).Select(i => trained.Shape.IsBias(i) ? 0 : penalty)];
        _point = new double[trained.Shape.ParameterCount];
    }

    internal NetworkShape Shape => Trained.Shape;

    /// <summary>Which parameters J has columns for.</summary>
    internal TrainedParameters Trained { get; }

    /// <summary>p, the number of trained parameters.</summary>
    public override int ParameterCount => Trained.Count;

    /// <summary>How many blocks of rows there are.</summary>
    internal abstract int BlockCount { get; }

    /// <summary>n as evidence counts the rows: by the weights that they had before these were brought to the sum 1.</summary>
    internal abstract double TotalWeight { get; }

    /// <summary>What the curvature at the end of training is made from, which tells how uncertain the parameters are.</summary>
    internal virtual CurvatureSample FinalCurvature => CurvatureSample.Exact(BlockCount);

    /// <summary>The lambda_i of all trained parameters, each at least 0.</summary>
    internal ReadOnlySpan<double> Penalties => _penalties;

    /// <summary>theta, as it was set last.</summary>
    private protected ReadOnlySpan<double> Point => _point;

    /// <summary>Gives every trained parameter a penalty of its own.</summary>
    internal void SetPenalties(ReadOnlySpan<double> penalties) => penalties.CopyTo(_penalties);

    /// <summary>sum_i lambda_i theta_i^2, over the trained parameters.</summary>
    internal double Penalty(ReadOnlySpan<double> parameters)
    {
        double sum = 0;
        for (int i = 0; i < _penalties.Length; i++) sum += _penalties[i] * parameters[i] * parameters[i];
        return sum;
    }

    /// <summary>E(theta) over all rows, with g = J^T W r + Lambda theta, half its gradient (Lambda is the diagonal of the lambda_i).</summary>
    internal double LossAndGradient(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        double meanSquaredError = SumOfSquares(parameters, gradient);
        for (int i = 0; i < gradient.Length; i++) gradient[i] += _penalties[i] * parameters[i];
        return meanSquaredError + Penalty(parameters);
    }

    /// <summary>sum_j w_j r_j^2 over all rows.</summary>
    /// <param name="parameters">theta.</param>
    /// <param name="gradient">Where J^T W r goes.</param>
    private protected abstract double SumOfSquares(ReadOnlySpan<double> parameters, Span<double> gradient);

    /// <summary>Sets theta, the point that all other members speak of: all parameters of the network, also those that are not trained.</summary>
    public override void MoveTo(ReadOnlySpan<double> parameters)
    {
        if (parameters.Length != _point.Length) throw new ArgumentException($"The network has {_point.Length} parameters, not {parameters.Length}.", nameof(parameters));
        parameters.CopyTo(_point);
    }

    /// <summary>How many rows a sample has.</summary>
    internal abstract int RowCountOf(RowSample sample);

    /// <summary>Leaves to others, between two steps, room that only a step needs.</summary>
    /// <param name="next">The point that the next step begins at.</param>
    internal virtual void LeaveRoom(ReadOnlySpan<double> next)
    {
    }

    /// <summary>Gives back the room of J in single precision.</summary>
    internal virtual void ForgetNarrow()
    {
    }
}
