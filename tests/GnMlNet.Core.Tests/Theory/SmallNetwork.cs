using GnMlNet.Core.Networks;
using GnMlNet.Core.Theory;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Theory;

/// <summary>f(w) = phi(X; w) - phi(X; w_init) for tanh units by plain sums, with the loss |psi - y|^2.</summary>
internal sealed class SmallNetwork(double[][] inputs, double[] signs, double[] start, double[] targets)
{
    internal double[][] Inputs => inputs;

    internal double[] Start => start;

    internal int RowCount => inputs.Length;

    internal int InputSize => inputs[0].Length;

    internal int HiddenSize => signs.Length;

    internal double[] FlatInputs => [.. inputs.SelectMany(x => x)];

    /// <summary>g(0).</summary>
    internal double InitialLoss => targets.Sum(y => y * y);

    /// <summary>lambda_0 and lambda_n of the smaller Gram matrix, and the closed upper bound on L.</summary>
    internal NetworkConstants Constants
    {
        get
        {
            double[] eigenvalues = LinearizationSpectrum.GramEigenvalues(FlatJacobian(start), start.Length);
            return new NetworkConstants(
                LinearizationSpectrum.Lambda0(eigenvalues),
                LinearizationSpectrum.LambdaN(eigenvalues),
                JacobianModulus.UpperBound(Activation.Tanh.CurvatureBound, FlatInputs, InputSize));
        }
    }

    /// <summary>A network with normal-ish inputs, weights and targets, drawn anew until lambda_0 is not tiny.</summary>
    internal static SmallNetwork Draw(int rows, int inputSize, int hiddenSize, Random random)
    {
        while (true)
        {
            var network = new SmallNetwork(
                [.. Enumerable.Range(0, rows).Select(_ => Problems.RandomVector(inputSize, random, 1.5))],
                [.. Enumerable.Range(0, hiddenSize).Select(_ => random.Next(2) == 0 ? 1.0 : -1.0)],
                Problems.RandomVector(inputSize * hiddenSize, random, 1.5),
                Problems.RandomVector(rows, random, 3));
            double[] eigenvalues = LinearizationSpectrum.GramEigenvalues(network.FlatJacobian(network.Start), network.Start.Length);
            if (eigenvalues[0] > 1e-4) return network;
        }
    }

    internal double[] Output(double[] w) => [.. inputs.Select(x => Phi(x, w) - Phi(x, start))];

    internal double Loss(double alpha, double[] w) => Output(w).Zip(targets, (f, y) => ((alpha * f) - y) * ((alpha * f) - y)).Sum();

    internal double[] FlatJacobian(double[] w) =>
        [.. from x in inputs
            from i in Enumerable.Range(0, signs.Length)
            let value = Math.Tanh(Dot(x, w, i))
            from entry in x
            select signs[i] * (1 - (value * value)) * entry];

    /// <summary>w' = -(1/alpha) H^-1 J^T grad g(alpha f(w)).</summary>
    internal double[] Velocity(double alpha, double rho, double[] w)
    {
        Matrix<double> jacobian = Matrix<double>.Build.DenseOfRowMajor(RowCount, w.Length, FlatJacobian(w));
        Vector<double> gradient = 2 * ((alpha * Vector<double>.Build.DenseOfArray(Output(w))) - Vector<double>.Build.DenseOfArray(targets));
        if (rho == 0) return (jacobian.QR().Solve(gradient) / -alpha).ToArray();
        // J^T J is singular for p > n: H^-1 J^T = J^T ((1-rho) K + rho I)^-1.
        Matrix<double> damped = ((1 - rho) * jacobian.TransposeAndMultiply(jacobian)) + (rho * Matrix<double>.Build.DenseIdentity(RowCount));
        return (jacobian.TransposeThisAndMultiply(damped.Cholesky().Solve(gradient)) / -alpha).ToArray();
    }

    /// <summary>One step of the classical Runge-Kutta method.</summary>
    internal double[] Flow(double alpha, double rho, double[] w, double time)
    {
        double[] a = Velocity(alpha, rho, w);
        double[] b = Velocity(alpha, rho, Add(w, time / 2, a));
        double[] c = Velocity(alpha, rho, Add(w, time / 2, b));
        double[] d = Velocity(alpha, rho, Add(w, time, c));
        return Add(Add(Add(Add(w, time / 6, a), time / 3, b), time / 3, c), time / 6, d);
    }

    internal double Distance(double[] w) => Math.Sqrt(w.Zip(start, (a, b) => (a - b) * (a - b)).Sum());

    internal static double[] Add(double[] w, double factor, double[] direction) => [.. w.Zip(direction, (a, b) => a + (factor * b))];

    private double Phi(double[] x, double[] w) => signs.Select((sign, i) => sign * Math.Tanh(Dot(x, w, i))).Sum();

    private static double Dot(double[] x, double[] w, int unit) => x.Select((entry, k) => entry * w[(unit * x.Length) + k]).Sum();
}
