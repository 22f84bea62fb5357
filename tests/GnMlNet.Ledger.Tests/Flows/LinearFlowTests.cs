using GnMlNet.Balls;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Numbers;

namespace GnMlNet.Ledger.Tests.Flows;

public class LinearFlowTests
{
    private const int Bits = 256;

    [Fact]
    public void Along_eigenvectors_the_residuals_decay_like_exponentials()
    {
        // Eigenvalues 9 and 1 to (1, 1) and (1, -1).
        RealMatrix kernel = RealMatrix.Symmetric(2, (i, j) => Real.Exact(i == j ? 5 : 4, Bits));
        Real rho = ((Real)1).Shift(-1), fast = 9 / (((Real)9).Shift(-1) + rho), slow = 1;
        Real[] start = [3, -1];
        int count = 0;
        foreach ((Real time, Real[] residuals) in LinearFlow.Of(kernel, rho)!.Until(10, start))
        {
            Real sum = 2 * (-2 * fast * time).Exp(), difference = 4 * (-2 * slow * time).Exp();
            Real[] exact = [(sum + difference).Shift(-1), (sum - difference).Shift(-1)];
            for (int i = 0; i < 2; i++)
            {
                residuals[i].Ball.Overlaps(exact[i].Ball).Should().BeTrue($"{time}");
                (residuals[i].Ball.Radius <= Magnitude.PowerOfTwo(-200)).Should().BeTrue($"{time}");
            }

            count++;
        }

        count.Should().BeGreaterThan(4);
    }

    [Fact]
    public void A_kernel_that_is_not_proved_to_be_positive_definite_has_none() =>
        LinearFlow.Of(RealMatrix.Symmetric(2, (_, _) => 1), 0).Should().BeNull();
}
