using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The smallest eigenvalue for the smallest scaling factor of Section 5.</summary>
internal sealed class Section5LeastEigenvalue() : Section5Limit(
    "Section 5, Figure 2b",
    "For α = 1/8 the smallest eigenvalue of JᵀJ falls to 0 at some t > 0.",
    "α = 1/8",
    "λ_min(J(w_t)ᵀJ(w_t)) = 0 for some t > 0",
    "In floating-point arithmetic it falls from 0.024 to 10⁻⁸ in eleven steps and below the rounding errors in twelve.",
    steps: 12,
    undecided: 1)
{
    private protected override Claim Concerns(CaliforniaSetting setting) => Claims.Less("α < 1", setting.Alpha, 1);
}
