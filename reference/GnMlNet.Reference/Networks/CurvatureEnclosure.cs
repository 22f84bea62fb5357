namespace GnMlNet.Reference.Networks;

/// <summary>
/// The second derivatives of the outputs with respect to the parameters, D^2 f_j, p x p for every row, in the two forms that derivatives of a step need.
/// With the parameters unit by unit, D^2 f_j has one block a unit: v_i sigma''_ji x_j x_j^T for its input weights and sigma'_ji x_j between these and its output weight.
/// </summary>
/// <remarks>docs/crosscheck.md, "The exact trajectory": the norm of a block is at most |v| |sigma''| |x|^2 + |sigma'| |x|, with errors in their places that of what it misses.</remarks>
internal sealed class CurvatureEnclosure
{
    // Far more digits than errors of a derivative need.
    private const int KeptBits = 160;

    private readonly Layer _layer;
    private readonly ActivationEnclosure _activations;
    private readonly ScaledIntegers _inputs;
    private readonly ScaledIntegers _weightedCurvatures;
    private readonly Magnitude[] _norms;
    private readonly Magnitude[] _errors;

    /// <param name="layer">The numbers.</param>
    /// <param name="activations">Their activations.</param>
    internal CurvatureEnclosure(Layer layer, ActivationEnclosure activations)
    {
        (_layer, _activations) = (layer, activations);
        int n = layer.RowCount, m = layer.Units;
        bool withOutputLayer = layer.Layout.TrainsOutputLayer;
        _inputs = ScaledIntegers.Of(n, layer.InputCount, layer.Inputs);
        ScaledIntegers v = ScaledIntegers.Of(layer.OutputWeights);
        (ScaledIntegers curvatures, Magnitude curvatureError) = activations.Curvatures();
        _weightedCurvatures = new ScaledIntegers(n, m, curvatures.Exponent + v.Exponent);
        for (int k = 0; k < curvatures.Values.Length; k++) _weightedCurvatures.Values[k] = v.Values[k % m] * curvatures.Values[k];

        Magnitude weight = layer.GreatestOutputWeight, error = (weight * curvatureError) + layer.OutputRadius;
        (_norms, _errors) = (new Magnitude[n], new Magnitude[n]);
        for (int j = 0; j < n; j++)
        {
            Magnitude x = layer.InputNorm(j);
            _norms[j] = (weight * x * x) + (withOutputLayer ? x : Magnitude.Zero);
            _errors[j] = (error * x * x) + (withOutputLayer ? activations.SlopeError * x : Magnitude.Zero);
        }
    }

    private ParameterLayout Layout => _layer.Layout;

    private int ParameterCount => (int)Layout.TrainedCount;

    /// <summary>sum_j omega_j D^2 f_j, and a bound on the spectral norm of what it misses.</summary>
    /// <param name="omega">n exact numbers.</param>
    /// <param name="omegaErrors">How far the true factors may be from them.</param>
    internal (ScaledIntegers Matrix, Magnitude Error) Contract(Dyadic[] omega, Magnitude[] omegaErrors)
    {
        int n = _layer.RowCount, m = _layer.Units, e = _layer.InputCount;
        ScaledIntegers factors = ScaledIntegers.Of(omega), slopes = _activations.Slopes;
        long blockExponent = factors.Exponent + _weightedCurvatures.Exponent + (2 * _inputs.Exponent), sideExponent = factors.Exponent + slopes.Exponent + _inputs.Exponent;
        long exponent = Math.Min(blockExponent, sideExponent);
        var matrix = new ScaledIntegers(ParameterCount, ParameterCount, exponent);
        IntegerMatrix inputs = IntegerMatrix.FromEntries(n, e, _inputs.Values);
        for (int i = 0; i < m; i++)
        {
            var weighted = new BigInteger[n * e];
            for (int k = 0; k < weighted.Length; k++) weighted[k] = factors.Values[k / e] * _weightedCurvatures[k / e, i] * _inputs.Values[k];
            BigInteger[] block = ExactProduct.TransposeMultiply(IntegerMatrix.FromEntries(n, e, weighted), inputs).ToEntries();
            for (int k = 0; k < block.Length; k++) matrix[Layout.Hidden(i, k / e), Layout.Hidden(i, k % e)] = ScaledIntegers.Rescale(block[k], blockExponent, exponent);
            for (int k = 0; Layout.TrainsOutputLayer && k < e; k++)
            {
                BigInteger sum = BigInteger.Zero;
                for (int j = 0; j < n; j++) sum += factors.Values[j] * slopes[j, i] * _inputs[j, k];
                matrix[Layout.Hidden(i, k), Layout.Output(i)] = matrix[Layout.Output(i), Layout.Hidden(i, k)] = ScaledIntegers.Rescale(sum, sideExponent, exponent);
            }
        }

        Magnitude error = Magnitude.Zero;
        for (int j = 0; j < n; j++) error += (omegaErrors[j] * (_norms[j] + _errors[j])) + (Magnitude.Of(omega[j]) * _errors[j]);
        return (matrix, error);
    }

    /// <summary>The rows s^T D^2 f_j, n x p, and for each a bound on the Euclidean norm of what it misses.</summary>
    /// <param name="vector">s, p exact numbers.</param>
    /// <param name="vectorError">How far the true vector may be from it.</param>
    internal (ScaledIntegers Rows, Magnitude[] Errors) Apply(Dyadic[] vector, Magnitude vectorError)
    {
        int n = _layer.RowCount, m = _layer.Units, e = _layer.InputCount;
        ScaledIntegers s = ScaledIntegers.Of(vector), slopes = _activations.Slopes;
        // v sigma'' (x . s_i) + sigma' s_v, times x_k; and sigma' (x . s_i) for the output weight.
        long curved = _weightedCurvatures.Exponent + _inputs.Exponent + s.Exponent, straight = slopes.Exponent + s.Exponent;
        long exponent = Math.Min(Math.Min(curved, straight) + _inputs.Exponent, straight + _inputs.Exponent);
        var rows = new ScaledIntegers(n, ParameterCount, exponent);
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < m; i++)
            {
                BigInteger along = BigInteger.Zero;
                for (int k = 0; k < e; k++) along += _inputs[j, k] * s.Values[Layout.Hidden(i, k)];
                BigInteger factor = ScaledIntegers.Rescale(_weightedCurvatures[j, i] * along, curved, Math.Min(curved, straight));
                if (Layout.TrainsOutputLayer)
                {
                    factor += ScaledIntegers.Rescale(slopes[j, i] * s.Values[Layout.Output(i)], straight, Math.Min(curved, straight));
                    rows[j, Layout.Output(i)] = ScaledIntegers.Rescale(slopes[j, i] * along, straight + _inputs.Exponent, exponent);
                }

                for (int k = 0; k < e; k++) rows[j, Layout.Hidden(i, k)] = ScaledIntegers.Rescale(factor * _inputs[j, k], Math.Min(curved, straight) + _inputs.Exponent, exponent);
            }
        }

        (ScaledIntegers kept, Magnitude entryError) = rows.KeepBits(KeptBits);
        Magnitude size = Norms.Euclidean(vector), rounding = entryError * Magnitude.Of((double)ParameterCount).SquareRoot();
        return (kept, [.. _norms.Zip(_errors, (norm, error) => ((norm + error) * vectorError) + (error * size) + rounding)]);
    }
}
