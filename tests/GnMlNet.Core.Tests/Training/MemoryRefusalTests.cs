using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Training;

public class MemoryRefusalTests
{
    private static readonly MemoryRefusal s_refusal = new("A table", 3e9, 1e9, [MemoryRemedy.SingleNetwork, MemoryRemedy.NoKernel, MemoryRemedy.RaiseLimit]);

    [Fact]
    public void The_finding_has_the_figures_and_the_advice_the_words_of_who_shows_it()
    {
        s_refusal.Finding.Should().Be("A table needs 2.8 GiB of memory; the limit is 953.6 MiB.");
        s_refusal.Advice(remedy => remedy == MemoryRemedy.RaiseLimit ? null : $"--{remedy}").Should().Be("Use --SingleNetwork or --NoKernel.");
        s_refusal.Invoking(refusal => refusal.Advice(_ => null)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Every_remedy_has_plain_words_in_the_exception()
    {
        string message = new MemoryRefusedException(s_refusal with { Remedies = Enum.GetValues<MemoryRemedy>(), MostHiddenUnits = 7 }).Message;
        message.Should().StartWith(s_refusal.Finding).And.Contain("at most 7 hidden units").And.NotContain(",,");
        message.Split(", ").Should().HaveCount(Enum.GetValues<MemoryRemedy>().Length - 1);
    }
}
