namespace GnMlNet.Cluster.Training;

/// <summary>What the coordinator has a member do, which changes its state. From one state the same steps lead to the same bits everywhere.</summary>
/// <param name="Kind">What.</param>
/// <param name="Rows">With <see cref="MemberStepKind.Grow"/>: how many rows the member trains on from now on.</param>
internal readonly record struct MemberStep(MemberStepKind Kind, int Rows = 0);
