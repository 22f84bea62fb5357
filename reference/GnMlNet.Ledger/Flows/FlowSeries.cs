using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Flows;

/// <summary>
/// The Taylor coefficients of the flow alpha H_rho w' + J^T grad g = 0 from a point, one order after the other. They are proposed, not proved: the enclosure bounds the defect of
/// the polynomial that they make.
/// </summary>
internal sealed class FlowSeries
{
    private readonly Problem _problem;
    private readonly Network _network;
    private readonly Real _alpha, _rho;
    // By order first: weights, sigma and sigma' as functions of tanh, preactivations and their derivatives, residuals, J^T's factor.
    private readonly Real[][] _weights, _tanh, _slope, _inner, _speed, _residual, _force, _root, _square;

    private FlowSeries(Problem problem, Real alpha, Real rho, int degree)
    {
        (_problem, _network, _alpha, _rho) = (problem, problem.Network, alpha, rho);
        Real[][] Orders(int count) => [.. Enumerable.Range(0, degree + 1).Select(_ => new Real[count])];
        int cells = _network.Rows * _network.Units;
        (_weights, _tanh, _slope, _inner, _speed) = (Orders(_network.Parameters), Orders(cells), Orders(cells), Orders(cells), Orders(cells));
        (_residual, _force, _root, _square) = (Orders(_network.Rows), Orders(_network.Rows), Orders(_network.Rows), Orders(_network.Rows));
    }

    // tanh of half the preactivation makes the logistic function.
    private bool IsLogistic => _network.Activation == Activation.Logistic;

    /// <summary>For each weight its coefficients w_0, ..., w_N, as exact numbers; null where H_rho is not enclosed well enough.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="initialOutputs">phi(w_init).</param>
    /// <param name="alpha">alpha.</param>
    /// <param name="rho">rho.</param>
    /// <param name="weights">w_0.</param>
    /// <param name="degree">N.</param>
    internal static Real[][]? From(Problem problem, Real[] initialOutputs, Real alpha, Real rho, Real[] weights, int degree)
    {
        if (Inverse(new Linearization(problem.Network, weights), rho) is not { } inverse) return null;
        var series = new FlowSeries(problem, alpha, rho, degree);
        series._weights[0] = weights;
        for (int k = 0; k < degree; k++)
        {
            series.Activate(k);
            series.Pull(k, initialOutputs);
            series.Move(k, inverse);
        }

        return [.. weights.Select((_, i) => series._weights.Select(order => order[i]).ToArray())];
    }

    // H^-1, for p above n through the smaller system: (v - (1 - rho) J^T ((1 - rho) K + rho I)^-1 J v)/rho.
    private static Func<Real[], Real[]>? Inverse(Linearization start, Real rho)
    {
        RealMatrix jacobian = start.Jacobian;
        bool isDual = jacobian.Columns > jacobian.Rows;
        if (SymmetricFactor.TryFactor(isDual ? start.Kernel.Blend(1 - rho, rho) : start.Preconditioner(rho), 0) is not { } factor) return null;
        if (!isDual) return factor.Solve;
        return vector => RealVectors.Scale(1 / rho, RealVectors.Subtract(vector, RealVectors.Scale(1 - rho, jacobian.TransposeTimes(factor.Solve(jacobian.Times(vector))))));
    }

    // x_j . v^(i), halved for the logistic function.
    private Real Combination(int row, int unit, Real[] vector)
    {
        Real sum = RealVectors.Dot(_network.Inputs.Row(row), vector.AsSpan(unit * _network.Dimension, _network.Dimension));
        return IsLogistic ? sum.Shift(-1) : sum;
    }

    // y = tanh z with y' = q z' and q = 1 - y^2.
    private void Activate(int k)
    {
        for (int cell = 0; cell < _tanh[k].Length; cell++)
        {
            Real z = _inner[k][cell] = Combination(cell / _network.Units, cell % _network.Units, _weights[k]);
            RealSum sum = default, slope = default;
            for (int l = 0; l < k; l++) sum.AddProduct(_slope[l][cell], _speed[k - 1 - l][cell]);
            _tanh[k][cell] = k == 0 ? Activation.Tanh.Value(z) : sum.ToReal() / k;
            if (k == 0) slope.Add(1);
            for (int l = 0; l <= k; l++) slope.SubtractProduct(_tanh[l][cell], _tanh[k - l][cell]);
            _slope[k][cell] = slope.ToReal();
        }
    }

    // The gradient of g, as what is known of (1 - rho) alpha f' + grad g.
    private void Pull(int k, Real[] initialOutputs)
    {
        for (int j = 0; j < _network.Rows; j++)
        {
            Real output = 0;
            for (int i = 0; i < _network.Units; i++)
            {
                Real y = _tanh[k][(j * _network.Units) + i];
                output += _network.Sign(i) * (!IsLogistic ? y : (k == 0 ? 1 + y : y).Shift(-1));
            }

            _residual[k][j] = k == 0 ? (_alpha * (output - initialOutputs[j])) - _problem.Loss.Targets[j] : _alpha * output;
            _force[k][j] = Gradient(k, j);
        }
    }

    // For the pseudo-Huber loss 2 r (v + 1) with v = b^(-1/2), b = 1 + r^2 and 2 b v' = -b' v.
    private Real Gradient(int k, int row)
    {
        if (_problem.Loss is QuadraticLoss) return _problem.Loss.Smoothness * _residual[k][row];
        RealSum square = default, root = default, product = default;
        if (k == 0) square.Add(1);
        for (int l = 0; l <= k; l++) square.AddProduct(_residual[l][row], _residual[k - l][row]);
        _square[k][row] = square.ToReal();
        for (int l = 1; l <= k; l++) root.SubtractProduct((l + (2 * (k - l))) * _square[l][row], _root[k - l][row]);
        _root[k][row] = k == 0 ? 1 / _square[0][row].Sqrt() : root.ToReal() / (2 * k * _square[0][row]);
        product.Add(_residual[k][row]);
        for (int l = 0; l <= k; l++) product.AddProduct(_residual[l][row], _root[k - l][row]);
        return 2 * product.ToReal();
    }

    // Of order k the equation is alpha H_0 (k + 1) w_(k+1) and what the lower orders give.
    private void Move(int k, Func<Real[], Real[]> inverse)
    {
        int units = _network.Units, dimension = _network.Dimension;
        var right = new Real[_network.Parameters];
        Array.Fill(right, 0);
        for (int j = 0; j < _network.Rows; j++)
        {
            RealSum motion = default;
            for (int i = 0; i < units; i++)
            {
                for (int l = 0; l < k; l++) motion.AddProduct(Slope(k - l, j, i), _speed[l][(j * units) + i]);
            }

            _force[k][j] += (1 - _rho) * _alpha * Doubled(motion.ToReal());
            for (int i = 0; i < units; i++)
            {
                RealSum sum = default;
                for (int l = 0; l <= k; l++) sum.AddProduct(Slope(k - l, j, i), _force[l][j]);
                Real pull = sum.ToReal();
                for (int c = 0; c < dimension; c++) right[(i * dimension) + c] -= _network.Inputs[j, c] * pull;
            }
        }

        _weights[k + 1] = [.. inverse(right).Select(value => (value / (_alpha * (k + 1))).Middle)];
        Real[] speed = RealVectors.Scale(k + 1, _weights[k + 1]);
        for (int j = 0; j < _network.Rows; j++)
        {
            RealSum motion = default;
            for (int i = 0; i < units; i++) motion.AddProduct(Slope(0, j, i), _speed[k][(j * units) + i] = Combination(j, i, speed));
            _force[k][j] += (1 - _rho) * _alpha * Doubled(motion.ToReal());
        }
    }

    // c_i sigma'(x_j . w^(i)).
    private Real Slope(int order, int row, int unit)
    {
        Real slope = _network.Sign(unit) * _slope[order][(row * _network.Units) + unit];
        return IsLogistic ? slope.Shift(-2) : slope;
    }

    // The speeds are halved for the logistic function.
    private Real Doubled(Real motion) => IsLogistic ? motion.Shift(1) : motion;
}
