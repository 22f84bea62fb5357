using GnMlNet.Reference.Systems;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>
/// What error analysis promises of the fast path at a point: bounds to first order in u = 2^-53 that follow from its documented arithmetic, in any order of summation
/// (Higham, Accuracy and Stability of Numerical Algorithms, 2002, chapters 3 and 10). The cross-check holds certified errors to them.
/// </summary>
/// <remarks>docs/crosscheck.md, "What the fast path promises", lists them.</remarks>
internal sealed class RoundingAnalysis
{
    /// <summary>Units in the last place of single precision, in those of double precision.</summary>
    internal const double SingleOverDouble = 1L << 29;

    private const double Unit = 1.0 / (1L << 53);

    // In two blocks.
    private const int NarrowRows = 512;

    // |sigma''| of tanh is at most 4/(3 sqrt 3), of the logistic function at most 1/(6 sqrt 3).
    private const double TanhCurvature = 0.7699, LogisticCurvature = 0.0963;

    private readonly EnclosedPoint _point;
    private readonly double[] _weights;
    private readonly double[] _residuals;
    private readonly double[] _jacobian;
    private readonly double[] _outputWeights;

    /// <param name="point">The point.</param>
    /// <param name="weights">The row weights.</param>
    /// <param name="targets">y.</param>
    /// <param name="scale">alpha, or 1.</param>
    /// <param name="initial">The point w_init of a nullified network, or null.</param>
    internal RoundingAnalysis(EnclosedPoint point, double[] weights, double[] targets, double scale, RoundingAnalysis? initial)
    {
        (_point, _weights) = (point, weights);
        int n = point.Layer.RowCount, m = point.Layer.Units, e = point.Layer.InputCount;
        double curvature = point.Layer.IsLogistic ? LogisticCurvature : TanhCurvature;
        (Outputs, Residuals, SlopeErrors) = (new double[n], new double[n], new double[n * m]);
        _residuals = [.. point.Residuals.Select(residual => Math.Abs(residual.ToDouble()))];
        _jacobian = [.. point.Jacobian.Values.Values.Select(value => Math.Abs(new Dyadic(value, point.Jacobian.Values.Exponent).ToDouble()))];
        _outputWeights = [.. point.Layer.OutputWeights.Select(weight => Math.Abs(weight.ToDouble()))];
        double[] hiddenWeights = [.. point.Layer.HiddenWeights.Select(weight => weight.ToDouble())];
        double bias = Math.Abs(point.Layer.OutputBias.ToDouble());
        for (int j = 0; j < n; j++)
        {
            double sum = bias, error = 0;
            for (int i = 0; i < m; i++)
            {
                double products = 0;
                for (int k = 0; k < e; k++) products += Math.Abs(point.Layer.Inputs[(j * e) + k] * hiddenWeights[(i * e) + k]);
                double preactivation = (e + 1) * Unit * products, value = Math.Abs(point.Activations.Values.At(j, i).ToDouble()), slope = point.Activations.Slopes.At(j, i).ToDouble();
                double weight = _outputWeights[i];
                error += weight * ((slope * preactivation) + (2 * Unit * value) + (curvature * preactivation * preactivation));
                sum += weight * value;
                SlopeErrors[(j * m) + i] = (curvature * preactivation) + (6 * Unit * slope);
            }

            Outputs[j] = error + ((m + 2) * Unit * sum) + (initial?.Outputs[j] ?? 0);
            double output = Math.Abs(point.Outputs.Values[j].ToDouble());
            Residuals[j] = (scale * Outputs[j]) + (3 * Unit * ((scale * output) + Math.Abs(targets[j])));
        }
    }

    /// <summary>Of each output.</summary>
    internal double[] Outputs { get; }

    /// <summary>Of each residual.</summary>
    internal double[] Residuals { get; }

    private double[] SlopeErrors { get; }

    internal double Loss
    {
        get
        {
            double sum = (_weights.Length + 6) * Unit * _point.Loss.ToDouble();
            for (int j = 0; j < _weights.Length; j++) sum += _weights[j] * ((2 * _residuals[j] * Residuals[j]) + (Residuals[j] * Residuals[j]));
            return sum;
        }
    }

    /// <summary>Of the gradient's norm; <paramref name="factor"/> is 2 where it is that of the whole loss.</summary>
    internal double Gradient(double factor)
    {
        int n = _weights.Length, p = _point.Jacobian.Values.Columns;
        double square = 0;
        for (int a = 0; a < p; a++)
        {
            double sum = 0;
            for (int j = 0; j < n; j++)
            {
                double entry = _jacobian[(j * p) + a];
                sum += _weights[j] * ((entry * Residuals[j]) + (EntryError(j, a, entry) * _residuals[j]) + ((n + 6) * Unit * entry * _residuals[j]));
            }

            square += sum * sum;
        }

        // The penalty's share is one product and one addition an entry.
        return (factor * Math.Sqrt(square)) + (4 * Unit * Norms.Euclidean(_point.Gradient).ToDouble());
    }

    /// <summary>Of the loss without its penalty, which is subtracted: one more sum of p products.</summary>
    internal double MeanSquaredError(double penalty) => Loss + ((_point.Jacobian.Values.Columns + 4) * Unit * penalty);

    /// <summary>|Omega^1/2 dJ|^2 and |Omega^1/2 J|^2 in the Frobenius norm.</summary>
    internal (double Errors, double Entries) Squares(double[] weights)
    {
        int n = weights.Length, p = _point.Jacobian.Values.Columns;
        double errors = 0, entries = 0;
        for (int j = 0; j < n; j++)
        {
            if (weights[j] == 0) continue;
            for (int a = 0; a < p; a++)
            {
                double entry = _jacobian[(j * p) + a], error = EntryError(j, a, entry);
                errors += weights[j] * error * error;
                entries += weights[j] * entry * entry;
            }
        }

        return (errors, entries);
    }

    /// <summary>Of J^T Omega J in the Frobenius norm.</summary>
    internal double Gram(double[] weights)
    {
        (double errors, double entries) = Squares(weights);
        return (2 * Math.Sqrt(errors * entries)) + ((weights.Length + 8) * Unit * entries);
    }

    /// <summary>Of J^T Omega (J v) as a share of |v|, J and v rounded to single precision, in which the sums over the rows of two blocks are made.</summary>
    internal double NarrowProduct(double[] weights)
    {
        (double errors, double entries) = Squares(weights);
        int single = NarrowRows + _point.Layer.InputCount + (2 * _point.Layer.Units) + 20;
        return (2 * Math.Sqrt(errors * entries)) + (((single * SingleOverDouble) + weights.Length) * Unit * entries);
    }

    /// <summary>Of the positive part of sum_j w_j r_j f''(x_j) in the Frobenius norm: that of the sum itself, since no two matrices have positive parts further apart than they are.</summary>
    /// <remarks>Summed as in <see cref="NarrowProduct"/>.</remarks>
    internal double ResidualCurvature()
    {
        int n = _weights.Length, m = _point.Layer.Units, e = _point.Layer.InputCount;
        double sums = 0, losses = 0;
        for (int j = 0; j < n; j++)
        {
            double x = 0, unit = 0, unitError = 0;
            for (int k = 0; k < e; k++) x += _point.Layer.Inputs[(j * e) + k] * _point.Layer.Inputs[(j * e) + k];
            for (int i = 0; i < m; i++)
            {
                double value = Math.Abs(_point.Activations.Values.At(j, i).ToDouble()), slope = _point.Activations.Slopes.At(j, i).ToDouble(), error = SlopeErrors[(j * m) + i];
                // sigma'' = (b - 2 sigma) sigma' and sigma' = a + b sigma - sigma^2; a value errs by no more than 11 times its slope does, and 2u.
                double linear = _point.Layer.IsLogistic ? 1 : 0, inner = _outputWeights[i] * slope * (linear + (2 * value)) * x, side = 1 - linear + (linear * value) + (value * value);
                unit += (inner * inner) + (2 * side * side * x);
                double innerError = _outputWeights[i] * ((25 * error) + (4 * Unit)) * x;
                unitError += (innerError * innerError) + (2 * error * error * x);
            }

            sums += _weights[j] * _residuals[j] * Math.Sqrt(unit);
            losses += _weights[j] * ((Residuals[j] * Math.Sqrt(unit)) + (_residuals[j] * Math.Sqrt(unitError)));
        }

        return ((((NarrowRows + 25) * SingleOverDouble) + n) * Unit * sums) + losses;
    }

    /// <summary>Of each diagonal entry of J^T Omega J.</summary>
    internal double[] Diagonal(double[] weights)
    {
        int n = weights.Length, p = _point.Jacobian.Values.Columns;
        var errors = new double[p];
        for (int j = 0; j < n; j++)
        {
            for (int a = 0; weights[j] != 0 && a < p; a++)
            {
                double entry = _jacobian[(j * p) + a], error = EntryError(j, a, entry);
                errors[a] += weights[j] * ((2 * entry * error) + (error * error) + ((n + 8) * Unit * entry * entry));
            }
        }

        return errors;
    }

    /// <summary>Of |grad g| of a flow, grad g = 2 W r: the norm's own roundings and those of the residuals.</summary>
    internal double OutputGradientNorm(double norm)
    {
        double square = 0;
        for (int j = 0; j < _weights.Length; j++) square += 4 * _weights[j] * _weights[j] * Residuals[j] * Residuals[j];
        return Math.Sqrt(square) + (((_weights.Length / 2.0) + 4) * Unit * norm);
    }

    /// <summary>Of |grad g| in the metric of a flow, the root of (J^T grad g) . d, since |sqrt a - sqrt b| &lt;= |a - b|/sqrt b.</summary>
    /// <param name="gradient">The bound of the error of J^T grad g.</param>
    /// <param name="direction">That of d.</param>
    /// <param name="gradientNorm">|J^T grad g|.</param>
    /// <param name="directionNorm">|d|.</param>
    /// <param name="norm">The root.</param>
    internal double MetricNorm(double gradient, double direction, double gradientNorm, double directionNorm, double norm) =>
        (((gradient + (_point.Gradient.Length * Unit * gradientNorm)) * directionNorm) + (gradientNorm * direction) + (gradient * direction)) / norm + (2 * Unit * norm);

    /// <summary>Of an eigenvalue of the smaller Gram matrix of J: what the matrix misses, and a symmetric eigensolver whose backward error is 10 q u of the norm, q the size.</summary>
    internal double Eigenvalue()
    {
        int n = _weights.Length, p = _point.Jacobian.Values.Columns;
        double gram = Gram([.. _weights.Select(_ => 1.0)]), square = _jacobian.Sum(entry => entry * entry);
        return gram + (((10 * Math.Min(n, p)) + p) * Unit * square);
    }

    /// <summary>Of what a solution leaves of the right side, b - S s, where S has a Cholesky factorization.</summary>
    internal static double Residual(double gradient, double gram, double matrixNorm, int parameters, double stepNorm) =>
        gradient + ((gram + (8 * parameters * Unit * matrixNorm)) * stepNorm);

    /// <summary>Of what a solution leaves of the right side in the dual form, x = M^-1 (J^T z + c) with (I + s J M^-1 J^T) z = u - s J M^-1 c.</summary>
    /// <param name="weights">The row weights that J is multiplied by.</param>
    /// <param name="system">The numbers of the dual system.</param>
    /// <param name="stepNorm">|x|.</param>
    internal double DualResidual(double[] weights, DualSystemSizes system, double stepNorm)
    {
        int n = weights.Length, p = _point.Jacobian.Values.Columns;
        (double errors, double entries) = Squares(weights);
        double jacobian = Math.Sqrt(entries), jacobianError = Math.Sqrt(errors);
        double kernel = (2 * jacobian * jacobianError) + ((p + 8) * Unit * entries);
        // G = t (I + s J M^-1 J^T), t the least entry of M, and zeta = z/t solves G zeta = u'.
        double matrix = (system.Scale * entries) + (system.LeastDiagonal * Math.Sqrt(n)), right = system.RightNorm + (jacobian * system.PenalizedNorm);
        double zeta = right / system.SmallestEigenvalue;
        double rightError = system.RightError + (((((p + 4) * Unit * jacobian) + jacobianError) * system.PenalizedNorm) + (3 * Unit * right));
        double rows = (((system.Scale * kernel) + (8 * n * Unit * matrix)) * zeta) + rightError;
        double product = (((n + 6) * Unit * jacobian) + jacobianError) * zeta;
        double quotient = 4 * Unit * (system.PenalizedNorm + stepNorm);
        return (jacobian * rows) + (((system.Scale * entries) + system.LeastDiagonal) * product) + (((system.Scale * entries) + system.GreatestDiagonal) * quotient);
    }

    private double EntryError(int row, int column, double entry)
    {
        int m = _point.Layer.Units, e = _point.Layer.InputCount, outputs = _point.Layer.Layout.Output(0);
        if (column >= outputs) return 4 * Unit * entry + (column < outputs + m ? SlopeErrors[(row * m) + column - outputs] : 0);
        int unit = column / e;
        return (_outputWeights[unit] * Math.Abs(_point.Layer.Inputs[(row * e) + (column % e)]) * SlopeErrors[(row * m) + unit]) + (4 * Unit * entry);
    }
}
