namespace GnMlNet.Reference.Networks;

/// <summary>sigma. Both are enclosed by tanh: the logistic function is (1 + tanh(z/2))/2.</summary>
public enum Sigmoid
{
    /// <summary>tanh z.</summary>
    Tanh,

    /// <summary>1/(1 + e^-z).</summary>
    Logistic,
}
