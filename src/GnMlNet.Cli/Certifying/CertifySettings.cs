using GnMlNet.Cli.Reading;

namespace GnMlNet.Cli.Certifying;

/// <summary>What <c>gnml certify</c> was asked for.</summary>
/// <param name="Model">The model.</param>
/// <param name="Data">Its table; null means California Housing.</param>
/// <param name="Reading">How that file is written.</param>
/// <param name="TestFraction">The share of rows that training held out; null for what it holds out without being told.</param>
/// <param name="Seed">The seed that drew them.</param>
/// <param name="Penalty">The fixed penalty that it was trained with.</param>
/// <param name="MostSteps">With polishing: the greatest number of damped steps; null leaves the weights as they are.</param>
/// <param name="Out">Where the polished model goes; null means beside the model.</param>
internal sealed record CertifySettings(string Model, string? Data, ReadingSettings Reading, double? TestFraction, int Seed, double? Penalty, int? MostSteps, string? Out);
