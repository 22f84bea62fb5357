using System.Numerics;
using GnMlNet.Balls;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests.Fuzzing;

/// <summary>
/// The exact step of a certificate by the plainest means: fixed point with far more places than any claim has, elimination without pivoting, no bounds. It shares nothing with what checks
/// certificates but the numbers, and judges what was confirmed.
/// </summary>
internal sealed class PlainStep
{
    // Places behind the point; with them rounding stays below 2^-400 of everything that is compared.
    private const int Places = 900;

    private readonly BigInteger[,] _matrix;
    private readonly BigInteger[] _step;
    private readonly BigInteger[] _penalties;
    private readonly BigInteger _squares;

    internal PlainStep(RecordedRun run)
    {
        RecordedIterate last = run.Iterates[^1];
        bool isFlow = run.Kind == RunKind.Flow;
        int d = run.Inputs, m = run.HiddenUnits, e = d + (run.Biases ? 1 : 0), hidden = m * e;
        int p = hidden + (run.TrainsOutputLayer ? m + (run.Biases ? 1 : 0) : 0);
        double[] theta = run.Iterates[0].Parameters;
        double[] outputs = isFlow ? run.Signs : theta[hidden..(hidden + m)];
        (BigInteger Value, BigInteger[] Row) Evaluate(double[] weights, double[] x)
        {
            double[] input = run.Biases ? [.. x, 1] : x;
            BigInteger value = run.Biases && !isFlow ? Fixed(theta[^1]) : 0;
            var row = new List<BigInteger>();
            var activations = new List<BigInteger>();
            for (int i = 0; i < m; i++)
            {
                BigInteger z = 0;
                for (int k = 0; k < e; k++) z += Times(Fixed(weights[(i * e) + k]), Fixed(input[k]));
                (BigInteger sigma, BigInteger slope) = Activation(run.Activation, z);
                value += Times(Fixed(outputs[i]), sigma);
                activations.Add(sigma);
                for (int k = 0; k < e; k++) row.Add(Times(Times(Fixed(outputs[i]), slope), Fixed(input[k])));
            }

            if (run.TrainsOutputLayer) row.AddRange(run.Biases ? [.. activations, Fixed(1.0)] : activations);
            return (value, [.. row]);
        }

        var gradient = new BigInteger[p];
        _matrix = new BigInteger[p, p];
        bool[] isChosen = [.. Enumerable.Range(0, run.Rows.Count).Select(j => last.CurvatureRows.Count == 0 || last.CurvatureRows.Any(range => range.First <= j && j < range.End))];
        BigInteger sample = last.CurvatureRows.Count == 0 ? Fixed(1.0) : 0, rest = Fixed(1.0) - Fixed(run.Damping);
        for (int j = 0; j < run.Rows.Count; j++)
        {
            RecordedRow row = run.Rows[j];
            (BigInteger f, BigInteger[] jacobian) = Evaluate(theta, row.X);
            BigInteger weight = Fixed(row.Weight), residual = (isFlow ? Times(Fixed(run.ScalingFactor), f - Evaluate(run.InitialWeights, row.X).Value) : f) - Fixed(row.Y);
            _squares += Times(weight, Times(residual, residual));
            if (last.CurvatureRows.Count > 0 && isChosen[j]) sample += weight;
            BigInteger ofMatrix = isFlow ? rest : isChosen[j] ? weight : 0;
            for (int a = 0; a < p; a++)
            {
                gradient[a] += Times(weight, Times(residual, jacobian[a])) * (isFlow ? 2 : 1);
                for (int b = 0; b < p; b++) _matrix[a, b] += Times(ofMatrix, Times(jacobian[a], jacobian[b]));
            }
        }

        _penalties = new BigInteger[p];
        for (int a = 0; a < p; a++)
        {
            if (isFlow)
            {
                _matrix[a, a] += Fixed(run.Damping);
                continue;
            }

            bool isBias = run.Biases && (a < hidden ? a % e == d : a == hidden + m);
            BigInteger penalty = last.Penalties.Length > 0 ? Fixed(last.Penalties[a]) : isBias ? 0 : Fixed(run.Penalty);
            _penalties[a] = isBias ? 0 : Fixed(run.Penalty);
            _matrix[a, a] += Times(sample, penalty + Times(Fixed(last.Damping), Fixed(last.Metric[a])));
            gradient[a] = -Times(sample, gradient[a] + Times(penalty, Fixed(theta[a])));
        }

        _step = Eliminate(_matrix, gradient, 0) ?? [];
    }

    /// <summary>What of the claims of a certificate is false, or nothing.</summary>
    internal string FalseClaim(StepCertificate certificate)
    {
        RecordedIterate last = certificate.Run.Iterates[^1];
        double[] recorded = certificate.Run.Kind == RunKind.Flow ? last.Direction : last.Step;
        if (_step.Length == 0) return "positive definite";
        // The last few of the places belong to rounding.
        BigInteger bound = Fixed(certificate.SmallestEigenvalue);
        if (Eliminate(_matrix, new BigInteger[_step.Length], bound - (bound >> 300) - (BigInteger.One << (Places / 2))) is null) return "smallest eigenvalue";
        if (!IsWithin([.. certificate.Approximation.Select(Fixed)], certificate.Distance)) return "distance";
        return IsWithin([.. recorded.Select(Fixed)], certificate.Error) ? "" : "error";
    }

    /// <summary>The loss at the point that the step starts from, with the penalties of an iterate there, to the nearest double or so.</summary>
    internal double Loss(RecordedIterate at)
    {
        BigInteger loss = _squares;
        for (int a = 0; a < _penalties.Length; a++) loss += Times(at.Penalties.Length > 0 ? Fixed(at.Penalties[a]) : _penalties[a], Times(Fixed(at.Parameters[a]), Fixed(at.Parameters[a])));
        return new Dyadic(loss, -Places).ToDouble();
    }

    /// <summary>Whether a recorded step is the exact one but for a share of its length.</summary>
    internal bool IsNear(double[] recorded, double share)
    {
        BigInteger square = 0, size = 0;
        for (int a = 0; a < _step.Length; a++)
        {
            square += BigInteger.Pow(Fixed(recorded[a]) - _step[a], 2);
            size += BigInteger.Pow(_step[a], 2);
        }

        BigInteger scaled = Fixed(share * share) * size;
        return _step.Length > 0 && square << Places <= scaled;
    }

    private bool IsWithin(BigInteger[] vector, Dyadic distance)
    {
        BigInteger square = 0, reach = Fixed(distance);
        for (int a = 0; a < vector.Length; a++) square += BigInteger.Pow(vector[a] - _step[a], 2);
        reach += (reach >> 300) + (BigInteger.One << (Places / 2));
        return square <= reach * reach;
    }

    /// <summary>The solution of (S - shift I) s = b, or null where a pivot is not positive.</summary>
    private static BigInteger[]? Eliminate(BigInteger[,] matrix, BigInteger[] right, BigInteger shift)
    {
        int p = right.Length;
        var s = (BigInteger[,])matrix.Clone();
        BigInteger[] b = [.. right];
        for (int k = 0; k < p; k++) s[k, k] -= shift;
        for (int k = 0; k < p; k++)
        {
            if (s[k, k].Sign <= 0) return null;
            for (int i = k + 1; i < p; i++)
            {
                BigInteger factor = (s[i, k] << Places) / s[k, k];
                for (int j = k; j < p; j++) s[i, j] -= Times(factor, s[k, j]);
                b[i] -= Times(factor, b[k]);
            }
        }

        for (int k = p - 1; k >= 0; k--)
        {
            for (int j = k + 1; j < p; j++) b[k] -= Times(s[k, j], b[j]);
            b[k] = (b[k] << Places) / s[k, k];
        }

        return b;
    }

    /// <summary>From e^-|z|, so that nothing overflows.</summary>
    private static (BigInteger Value, BigInteger Slope) Activation(Sigmoid kind, BigInteger z)
    {
        BigInteger one = BigInteger.One << Places, size = BigInteger.Abs(z);
        BigInteger decay = ExponentialOfMinus(kind == Sigmoid.Tanh ? 2 * size : size);
        BigInteger value = kind == Sigmoid.Tanh ? ((one - decay) << Places) / (one + decay) : (one << Places) / (one + decay);
        if (z.Sign < 0) value = kind == Sigmoid.Tanh ? -value : one - value;
        return (value, kind == Sigmoid.Tanh ? one - Times(value, value) : Times(value, one - value));
    }

    private static BigInteger ExponentialOfMinus(BigInteger size)
    {
        // e^-2000 is below the last place.
        if (size >> Places > 2000) return 0;
        const int Halvings = 40;
        BigInteger x = size >> Halvings, term = BigInteger.One << Places, sum = term;
        for (int k = 1; !term.IsZero; k++)
        {
            term = Times(term, x) / k;
            sum += (k & 1) == 0 ? term : -term;
        }

        for (int k = 0; k < Halvings; k++) sum = Times(sum, sum);
        return sum;
    }

    private static BigInteger Times(BigInteger a, BigInteger b) => (a * b) >> Places;

    private static BigInteger Fixed(double value) => Fixed(Dyadic.FromDouble(value));

    private static BigInteger Fixed(Dyadic value) => value.Exponent + Places is var shift && shift >= 0 ? value.Mantissa << (int)shift : value.Mantissa >> (int)-shift;
}
