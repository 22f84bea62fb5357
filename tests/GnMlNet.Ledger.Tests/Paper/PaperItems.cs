namespace GnMlNet.Ledger.Tests.Paper;

/// <summary>What the paper's text consists of, by label and number, and where the ledger decides it.</summary>
internal static class PaperItems
{
    internal static IReadOnlyList<PaperItem> Displays { get; } =
    [
        Without("(1)", "defines the flow"),
        Of("(2)", "Lemma 1, (2) and (3)"),
        Of("(3)", "Lemma 1, (2) and (3)"),
        Of("(4)", "Lemma 1, (EDI) with (5)"),
        Of("(5)", "Lemma 1, (EDI) with (5)"),
        Again("(6)", "(2)", "Lemma 1, (2) and (3)"),
        Again("(7)", "(3)", "Lemma 1, (2) and (3)"),
        Without("(8)", "a path is at least as long as the distance of its ends; the speed is that of (9)"),
        Of("(9)", "(9)"),
        Of("(10)", "(10)"),
        Of("(11)", "Theorem 1"),
        Of("(12)", "Theorem 1"),
        Without("(13)", "defines the iteration"),
        Of("(14)", "Theorem 2 read locally", "Theorem 2 as printed", "Theorem 2 read locally, along its steps"),
        Of("(15)", "Lemma 4"),
        Of("(16)", "Theorem 3"),
        Of("(17)", "Lemma 6"),
        Of("(18)", "Theorem 4"),
        Of("(19)", "(19)"),
        Of("(20)", "Lemma 9", "Lemma 9, middle inequality of (20)", "Lemma 9's proof, first inequality of (20)"),
        Of("(21)", "Lemma 9", "Lemma 9's proof, (21)"),
        Of("(22)", "Theorem 5"),
        Of("(23)", "(23)"),
        Of("(24)", "(24)"),
        Without("(25)", "as (8): a path is at least as long as the distance of its ends; the speed is that of (26)"),
        Of("(26)", "(26)"),
        Of("(27)", "(27)"),
        Of("(28)", "(28)"),
        Of("(29)", "(29)"),
        Of("(30)", "(30)"),
        Of("(31)", "(31)"),
        Of("(32)", "(32)"),
        Of("(GF-O)", "Lemma 1, (GF-O)"),
        Of("(EDI)", "Lemma 1, (EDI) with (5)"),
        Without("(GN-CT)", "names the iteration (13)"),
        Of("(GF-Ou)", "Lemma 4"),
        Of("(EDI-u)", "Lemma 4"),
    ];

    internal static IReadOnlyList<PaperItem> Named { get; } =
    [
        Of("Assumption 1", "Assumption 1"),
        Of("Assumption 2", "Assumption 2"),
        Of("Assumption 3", "Assumption 3"),
        Of("Lemma 1", "Lemma 1, (GF-O)", "Lemma 1, (EDI) with (5)", "Lemma 1, (2) and (3)"),
        Of("Lemma 2", "Lemma 2", "Lemma 2, positive invariance"),
        Of("Lemma 3", "Lemma 3"),
        Of("Lemma 4", "Lemma 4"),
        Of("Lemma 5", "Lemma 5"),
        Of("Lemma 6", "Lemma 6"),
        Of("Lemma 7", "Lemma 7"),
        Of("Lemma 8", "Lemma 8"),
        Of("Lemma 9", "Lemma 9"),
        Of("Theorem 1", "Theorem 1", "Theorem 1 where κ₁ ≥ 2/3"),
        Of("Theorem 2", "Theorem 2 as printed", "Theorem 2 read locally", "Theorem 2 with the proof's own η", "Theorem 2, Lip_f"),
        Of("Theorem 3", "Theorem 3"),
        Of("Theorem 4", "Theorem 4"),
        Of("Theorem 5", "Theorem 5", "(23)"),
        Of("Corollary 1", "Corollary 1"),
        Of("Remark 1", "Remark 1"),
        Of("Remark 2", "Remark 2, ρ = 1", "Remark 2, ρ → 0", "Remark 2, ρ → 0 within the ball r₀"),
        Of("Remark 3", "Remark 3"),
        Of("Remark 4", "Remark 4"),
        Of("Remark 5", "Remark 5"),
        Of("Remark 6", "Remark 6, λ₀-independent rate", "Remark 6, gradient descent's rate", "Remark 6, gradient descent's regularization"),
        Of("Footnote 1", "Footnote 1"),
    ];

    internal static IReadOnlyList<PaperItem> Unnumbered { get; } =
    [
        Without("Section 2.1, network, initialization, objective, Jacobian", "definitions"),
        Without("Section 2.1, the quadratic loss is strongly convex and smooth", "its second derivative is a constant"),
        Of("Section 3, the expected kernel", "Section 3, E[K₀]/m"),
        Of("Section 3, the kernel on the ball", "Section 3, kernel on the ball"),
        Without("Section 3, exit time and kernel along the flow", "definitions"),
        Of("After Theorem 1, the damping λ₀²", "Theorem 1 with ρ = λ₀²"),
        Of("After Theorem 2, the limit of the factor", "After Theorem 2, ρ → 0"),
        Without("Section 4, B, exit time and sublevel set", "definitions"),
        Of("Section 4, the projection", "Section 4, P is a projection of rank p"),
        Of("Appendix A, the linearization error", "Appendix A, ε_k"),
        Of("Appendix A, no exit", "Appendix A, N = ∞"),
    ];

    internal static IReadOnlyList<PaperItem> Section5 { get; } =
    [
        Without("data, network, loss, scheme", "the setting"),
        Of("Assumptions 2 and 3", "Section 5, Assumptions 2 and 3"),
        Of("a larger α gives a worse best loss", "Section 5, Figure 1a", "Remark 5"),
        Of("the exit time for α = 8, 16, 256", "Section 5, T < ∞", "Section 5, T = ∞"),
        Of("a minimum on the manifold", "Section 5, a minimum in αf(B)"),
        Of("the Riemannian gradient falls to 0", "Section 5, Figure 2a"),
        Of("worse limits for α = 16, 256", "Section 5, Figure 1a"),
        Of("weights confined to a smaller B", "Section 5, Figure 1b"),
        Of("the smallest eigenvalue for α = 1/8", "Section 5, Figure 2b"),
        Of("the exit time for α = 1/8", "Section 5, T < ∞"),
        Of("the loss for α = 1/8", "Section 5, Figure 1a, α = 1/8"),
        Without("the distance from the start for α = 1/8", "erratic is no property that numbers have or lack"),
        Of("a smaller risk than that of gradient flow", "Section 5, Figure 3, smaller risk"),
        Of("a faster rate than that of gradient flow", "Section 5, Figure 3, faster rate"),
    ];

    internal static IEnumerable<PaperItem> All => [.. Displays, .. Named, .. Unnumbered, .. Section5];

    private static PaperItem Of(string name, params string[] rows) => new(name, rows);

    private static PaperItem Again(string name, string display, params string[] rows) => new(name, rows, Repeats: display);

    private static PaperItem Without(string name, string reason) => new(name, [], reason);
}
