namespace GnMlNet.Core.Networks;

/// <summary>
/// An activation whose slope is a polynomial of its value, sigma' = a + b sigma - sigma^2 (a Riccati equation), so that sigma'' = (b - 2 sigma) sigma' costs no further function:
/// tanh' = 1 - tanh^2, and the logistic function has sigma' = sigma - sigma^2.
/// </summary>
/// <param name="Constant">a.</param>
/// <param name="Linear">b.</param>
internal readonly record struct RiccatiCoefficients(double Constant, double Linear);
