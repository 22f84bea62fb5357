using GnMlNet.Cli.Tables;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Theory;

namespace GnMlNet.Cli.Reproducing;

/// <summary>The constants of Theorem 5 on the experiment's own network, and what becomes of its hypotheses.</summary>
/// <param name="Network">lambda_0, lambda_n and L.</param>
/// <param name="PrintedAlpha">Theorem 5's alpha with Delta_0 &lt;= g(0) and the most favourable r = 1/2.</param>
/// <param name="BallRadius">The radius of the largest ball B, r to 1.</param>
/// <param name="GradientNorm">|J_0^T grad g(0)|.</param>
/// <param name="GradientVariations">For each alpha a bound on how much J^T grad g(alpha f) can change within that ball.</param>
internal sealed record TheoremFiveCheck(NetworkConstants Network, double PrintedAlpha, double BallRadius, double GradientNorm, IReadOnlyList<double> GradientVariations)
{
    internal static TheoremFiveCheck Make(FlowTable table, SignedInitialization initial, IReadOnlyList<double> scalingFactors)
    {
        var model = new NullifiedNetworkModel(table.Rows, initial);
        double[] eigenvalues = SymmetricSpectrum.OfSmallerGram(model);
        var network = new NetworkConstants(
            LinearizationSpectrum.Lambda0(eigenvalues),
            LinearizationSpectrum.LambdaN(eigenvalues),
            JacobianModulus.UpperBound(initial.Activation.CurvatureBound, table.Inputs, initial.Shape.InputSize));
        var loss = new QuadraticLoss(table.Labels);
        double[] outputs = new double[model.OutputCount], gradient = new double[model.OutputCount], parameterGradient = new double[model.ParameterCount];
        double start = loss.Value(outputs);
        loss.Gradient(outputs, gradient);
        model.MultiplyTransposed(gradient, parameterGradient);
        double radius = 2 * network.Lambda0 / network.JacobianModulus;
        return new TheoremFiveCheck(
            network,
            PrintedTheorem5.Alpha(LossConstants.SumOfSquares, network, start, 0.5),
            radius,
            Norm(parameterGradient),
            [.. scalingFactors.Select(alpha => Stationarity.GradientVariation(LossConstants.SumOfSquares, network, Norm(gradient), alpha, radius))]);
    }

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(entry => entry * entry));
}
