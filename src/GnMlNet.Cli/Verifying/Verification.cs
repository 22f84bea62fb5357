using GnMlNet.Balls;

namespace GnMlNet.Cli.Verifying;

/// <summary>What came out.</summary>
/// <param name="Verdict">Proved where everything that the file claims follows.</param>
/// <param name="Lines">For people.</param>
internal sealed record Verification(Verdict Verdict, IReadOnlyList<string> Lines);
