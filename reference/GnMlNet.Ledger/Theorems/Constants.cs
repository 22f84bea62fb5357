using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Theorems;

/// <summary>The constants of the theorems on a problem, enclosed.</summary>
internal sealed class Constants
{
    // Every bit of an eigenvalue takes an elimination, of a larger matrix for as long as minutes: some bits suffice there.
    private const int MostRows = 64;
    private const int BitsOfLarge = 2;

    /// <param name="problem">The problem.</param>
    /// <param name="eigenvalueBits">How narrow the greatest eigenvalue is enclosed; more where a learning rate depends on it.</param>
    internal Constants(Problem problem, int eigenvalueBits = Eigenvalues.RelativeBits)
    {
        Problem = problem;
        Linearization start = new(problem.Network, problem.InitialWeights);
        RealMatrix small = problem.IsOverparameterized ? start.Kernel : start.Gram;
        bool isLarge = small.Rows > MostRows;
        SmallestEigenvalue = Eigenvalues.Smallest(small, isLarge ? BitsOfLarge : Eigenvalues.RelativeBits);
        GreatestEigenvalue = Eigenvalues.Greatest(small, isLarge ? BitsOfLarge : eigenvalueBits);
        // Any lambda_0 with 4 lambda_0^2 <= the smallest eigenvalue will do: an exact number just below the best; where none is known to, it may be 0.
        Real root = SmallestEigenvalue.Least.Sqrt().Shift(-1);
        Lambda0 = SmallestEigenvalue.IsPositive ? Real.Exact(root.Ball.Lower.Truncate(53), problem.Bits) : Real.Between(0, SmallestEigenvalue.Greatest.Sqrt().Shift(-1));
        LambdaN = GreatestEigenvalue.Sqrt().Shift(-1);
        Modulus = problem.Network.JacobianModulusAbove(problem.Bits);
    }

    internal Problem Problem { get; }

    /// <summary>lambda_min of K(w_init), for p below n of J^T J(w_init).</summary>
    internal Real SmallestEigenvalue { get; }

    /// <summary>The norm of K(w_init).</summary>
    internal Real GreatestEigenvalue { get; }

    /// <summary>lambda_0, an exact number that meets Assumption 1, for p below n Assumption 2.</summary>
    internal Real Lambda0 { get; }

    /// <summary>lambda_n = sqrt(|K(w_init)|)/2.</summary>
    internal Real LambdaN { get; }

    /// <summary>L: a number that is a Lipschitz constant of J.</summary>
    internal Real Modulus { get; }

    /// <summary>nu.</summary>
    internal Real Nu => Problem.Loss.StrongConvexity;

    /// <summary>mu.</summary>
    internal Real Mu => Problem.Loss.Smoothness;

    /// <summary>r_0 = lambda_0/L.</summary>
    internal Real Radius => Lambda0 / Modulus;

    /// <summary>G_0 = sqrt(2 mu g(0)): for the quadratic loss 2 sqrt(g(0)), the greatest |grad g| where g is at most g(0).</summary>
    internal Real GradientBound => (2 * Mu * Problem.InitialLoss).Sqrt();

    /// <summary>A(t) = (1 - rho) t + rho.</summary>
    internal static Real Damped(Real t, Real rho) => ((1 - rho) * t) + rho;

    /// <summary>s(t) = t/A(t).</summary>
    internal static Real Rate(Real t, Real rho) => t / Damped(t, rho);

    /// <summary>s(lambda_0^2), the slowest rate on the ball r_0.</summary>
    internal Real LeastRate(Real rho) => Rate(Lambda0.Square(), rho);

    /// <summary>2 nu s(lambda_0^2), the rate of (2) and (11).</summary>
    internal Real PrintedRate(Real rho) => 2 * Nu * LeastRate(rho);

    /// <summary>(12): (L mu sqrt(2 Delta_0)/nu^(3/2)) (lambda_n/lambda_0^3) A(lambda_0^2)/A(lambda_n^2).</summary>
    internal Real PrintedThreshold(Real rho) => Modulus * ThresholdOfLemma2(rho);

    /// <summary>The same without L, as Lemma 2 has it.</summary>
    internal Real ThresholdOfLemma2(Real rho) =>
        Mu * (2 * Problem.InitialLoss).Sqrt() / (Nu * Nu.Sqrt()) * LambdaN / Lambda0.Pow(3) * Damped(Lambda0.Square(), rho) / Damped(LambdaN.Square(), rho);

    /// <summary>(L/lambda_0^2) sqrt(2 Delta_0/nu), the unit in which 1R and 2R measure alpha.</summary>
    internal Real Unit => Modulus / Lambda0.Square() * (2 * Problem.InitialLoss / Nu).Sqrt();
}
