namespace GnMlNet.Ledger.Limits;

/// <summary>How far the ridge solution of a finite layer of cosine units is from its limit.</summary>
/// <param name="Law">How hidden weights are drawn.</param>
/// <param name="Seed">Of the draws.</param>
/// <param name="Units">m.</param>
/// <param name="Difference">Contains the greatest distance of the two predictions on the grid, where labels are between -1 and 1.</param>
public sealed record KernelLimitPoint(HiddenLaw Law, int Seed, int Units, Ball Difference);
