using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Flows;

/// <summary>What a polynomial path of weights does to the flow's equation alpha H_rho w' + J^T grad g = 0, as functions of time.</summary>
internal sealed class FlowField
{
    private FlowField(Jet[] outputs, Jet[] gradient, Jet[] velocity, Jet[] defect, Jet objective) =>
        (Outputs, Gradient, OutputVelocity, Defect, Objective) = (outputs, gradient, velocity, defect, objective);

    /// <summary>alpha f(w(t)).</summary>
    internal Jet[] Outputs { get; }

    /// <summary>grad g there.</summary>
    internal Jet[] Gradient { get; }

    /// <summary>d alpha f(w(t))/dt = alpha J w'.</summary>
    internal Jet[] OutputVelocity { get; }

    /// <summary>alpha H_rho w' + J^T grad g.</summary>
    internal Jet[] Defect { get; }

    /// <summary>g.</summary>
    internal Jet Objective { get; }

    /// <param name="problem">The problem.</param>
    /// <param name="initialOutputs">phi(w_init).</param>
    /// <param name="alpha">alpha.</param>
    /// <param name="rho">rho.</param>
    /// <param name="weights">The path, polynomials without remainder.</param>
    /// <param name="step">h.</param>
    internal static FlowField Of(Problem problem, Real[] initialOutputs, Real alpha, Real rho, Jet[] weights, Real step)
    {
        Network network = problem.Network;
        int n = network.Rows, m = network.Units, d = network.Dimension;
        Jet[] speeds = [.. weights.Select(weight => weight.Derivative())];
        Jet zero = weights[0].With(new Real[weights[0].Degree + 1], Magnitude.Zero);
        Jet[] outputs = new Jet[n], velocity = new Jet[n], gradient = new Jet[n], force = new Jet[n];
        var slopes = new Jet[n * m];
        Jet objective = zero;
        for (int j = 0; j < n; j++)
        {
            Jet phi = zero, motion = zero;
            for (int i = 0; i < m; i++)
            {
                (Jet value, Jet slope) = Activated(network, Combination(network, j, i, weights, zero), step);
                slopes[(j * m) + i] = network.Sign(i) * slope;
                phi += network.Sign(i) * value;
                motion += slopes[(j * m) + i] * Combination(network, j, i, speeds, zero);
            }

            outputs[j] = alpha * phi.Plus(-initialOutputs[j]);
            velocity[j] = alpha * motion;
            (Jet loss, gradient[j]) = JetFunctions.Loss(problem.Loss, outputs[j].Plus(-problem.Loss.Targets[j]));
            objective += loss;
            force[j] = ((1 - rho) * velocity[j]) + gradient[j];
        }

        var defect = new Jet[weights.Length];
        for (int i = 0; i < m; i++)
        {
            Jet[] pulls = [.. force.Select((value, j) => slopes[(j * m) + i] * value)];
            for (int k = 0; k < d; k++)
            {
                Jet sum = (alpha * rho) * speeds[(i * d) + k];
                for (int j = 0; j < n; j++) sum += network.Inputs[j, k] * pulls[j];
                defect[(i * d) + k] = sum;
            }
        }

        return new FlowField(outputs, gradient, velocity, defect, objective);
    }

    // x_j . w^(i).
    private static Jet Combination(Network network, int row, int unit, Jet[] weights, Jet zero)
    {
        Jet sum = zero;
        for (int k = 0; k < network.Dimension; k++) sum += network.Inputs[row, k] * weights[(unit * network.Dimension) + k];
        return sum;
    }

    private static (Jet Value, Jet Slope) Activated(Network network, Jet z, Real step)
    {
        if (network.Activation == Activation.Tanh)
        {
            Jet tanh = JetFunctions.Tanh(z, step);
            return (tanh, JetFunctions.Slope(tanh));
        }

        if (network.Activation != Activation.Logistic) throw new NotSupportedException("Only flows of tanh and logistic units are enclosed.");
        // The logistic function is (1 + tanh(z/2))/2.
        Real half = ((Real)1).Shift(-1);
        Jet y = JetFunctions.Tanh(half * z, step);
        return ((half * y).Plus(half), half.Square() * JetFunctions.Slope(y));
    }
}
