namespace GnMlNet.Ledger.Instances;

/// <summary>How a seeded instance was made. Its file holds the numbers; a test, InstanceMaker, makes them anew and compares.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Seed">Of the generator.</param>
/// <param name="Rows">n.</param>
/// <param name="Dimension">d.</param>
/// <param name="Units">m.</param>
/// <param name="IsLogistic">Whether the activation is the logistic function.</param>
/// <param name="IsPseudoHuber">Whether the loss is the pseudo-Huber loss plus a quadratic.</param>
/// <param name="IsNoisy">Whether the targets have a part that no direction of the weights explains.</param>
/// <param name="Closeness">
/// The condition number grows like 2^(2 times this): for p at least n the last input lies so many binary places from the first one, for p below n the last component of
/// all inputs, or for one component the last unit's distance from the first, is so many places smaller.
/// </param>
/// <param name="HasUnitInputs">Whether the inputs have length 1, up to 2^-12.</param>
internal sealed record Recipe(
    string Name, ulong Seed, int Rows, int Dimension, int Units, bool IsLogistic, bool IsPseudoHuber, bool IsNoisy, int Closeness, bool HasUnitInputs = false);
