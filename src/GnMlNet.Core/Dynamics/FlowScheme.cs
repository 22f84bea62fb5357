namespace GnMlNet.Core.Dynamics;

/// <summary>How the flow is integrated. The numbers are saved in model files, so they never change.</summary>
public enum FlowScheme
{
    /// <summary>Explicit Euler with fixed steps, as in the paper's experiments; a step tau = alpha eta is the discrete iteration with learning rate eta.</summary>
    Euler = 0,

    /// <summary>The classical Runge-Kutta method of order 4 with fixed steps.</summary>
    RungeKutta4 = 1,

    /// <summary>The embedded pair of Dormand and Prince, of orders 5 and 4, with steps that keep the estimated error below a tolerance.</summary>
    DormandPrince = 2,
}
