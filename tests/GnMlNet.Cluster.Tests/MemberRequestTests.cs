using GnMlNet.Cluster.Training;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Tests;

/// <summary>What silos are asked about members, as bytes.</summary>
public class MemberRequestTests
{
    // What reading may allocate beside what is read, such as messages.
    private const long MostOverhead = 1 << 16;

    private static readonly MemberTable s_table = Table();
    private static readonly double[] s_parameters = [.. Enumerable.Range(0, 13).Select(k => Math.Sin(k))];
    private static readonly byte[] s_start = SiloMember.StateOf(new MemberStart(s_table.Of(1, 0, null), 30, s_parameters, null));

    private static readonly MemberRequest[] s_requests =
    [
        new(1, 0, 0, s_start, [new MemberStep(MemberStepKind.Advance), new MemberStep(MemberStepKind.Grow, 40), new MemberStep(MemberStepKind.Advance), new MemberStep(MemberStepKind.Keep)], new MemberQuestion.Report(WithState: true)),
        new(1, 0, 0, null, [new MemberStep(MemberStepKind.Advance)], new MemberQuestion.Leverage(Keep: true, IsWanted: false)),
        new(1, 0, 0, null, [], new MemberQuestion.Finish(2, KeepsLeverage: true, s_parameters, new Evidence(2, [1, 2, 3, 4, 5], [0, 1, 0, 1, 0]))),
    ];

    [Fact]
    public void A_request_that_ends_early_or_is_longer_is_refused()
    {
        using var silo = (SiloMembers)Open(SiloMembers.Describe(s_table, []));
        foreach (MemberRequest request in s_requests)
        {
            byte[] bytes = request.ToBytes();
            MemberRequest.Read(bytes, s_table).ToBytes().Should().Equal(bytes);
            for (int length = 0; length < bytes.Length; length++) silo.Invoking(at => at.Run(bytes.AsMemory(0, length), CancellationToken.None)).Should().Throw<FormatException>().WithMessage("What a silo was asked about a member is not valid: *");
            silo.Invoking(at => at.Run((byte[])[.. bytes, 0], CancellationToken.None)).Should().Throw<FormatException>();
        }
    }

    [Fact]
    public void Bytes_that_say_that_they_are_long_cost_no_memory()
    {
        byte[] description = SiloMembers.Describe(s_table, []);
        using var silo = (SiloMembers)Open(description);
        CancellationToken limit = TimeLimit.Minute();
        foreach ((byte[] bytes, Action<byte[]> read) in s_requests.Select(request => (request.ToBytes(), (Action<byte[]>)(bytes => silo.Run(bytes, limit)))).Append((description, bytes => ((IDisposable)Open(bytes)).Dispose())))
        {
            for (int at = 0; at + sizeof(int) <= Math.Min(bytes.Length, 400); at++)
            {
                byte[] altered = [.. bytes];
                BitConverter.TryWriteBytes(altered.AsSpan(at), int.MaxValue - 8).Should().BeTrue();
                long before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    read(altered);
                }
                catch (FormatException)
                {
                    (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan((10 * bytes.Length) + MostOverhead, $"byte {at} begins a length");
                }
                catch (Exception error) when (error is ArgumentException)
                {
                    // A number of a network, and no length.
                }
            }
        }
    }

    [Fact]
    public void A_silo_goes_on_from_what_it_has_and_says_when_it_has_nothing()
    {
        using var silo = (SiloMembers)Open(SiloMembers.Describe(s_table, []));
        using var other = (SiloMembers)Open(SiloMembers.Describe(s_table, []));
        MemberRequest first = s_requests[0], without = first with { State = null };
        byte[] Run(SiloMembers at, MemberRequest request) => at.Run(request.ToBytes(), CancellationToken.None);
        Run(silo, without).Should().Equal(MemberAnswer.Unknown);
        // Steps one by one, all at once, and once more lead to the same state.
        for (int steps = 0; steps < first.Steps.Count; steps++) Run(silo, first with { State = steps == 0 ? first.State : null, Steps = [.. first.Steps.Take(steps)] });
        byte[] state = Run(silo, without);
        Run(other, first).Should().Equal(state);
        Run(other, without).Should().Equal(state);
        // A state of before, or steps that it has not taken part in.
        Run(silo, without with { Version = 5 }).Should().Equal(MemberAnswer.Unknown);
        Run(silo, without).Should().Equal(MemberAnswer.Unknown, "what is of no use was forgotten");
    }

    [Fact]
    public void What_members_are_trained_on_is_the_same_once_it_was_bytes()
    {
        byte[] description = SiloMembers.Describe(s_table, []);
        using var silo = (SiloMembers)Open(description);
        var read = MemberTable.Read(MemberNumbers.Read(description.AsMemory(sizeof(int)), "A table"));
        SiloMembers.Describe(read, []).Should().Equal(description);
        read.Of(1, 1, null).LeftOutInputs().First().Should().Equal(s_table.Of(1, 1, null).LeftOutInputs().First());
    }

    [Fact]
    public void Members_go_where_there_is_most_room()
    {
        int[] weights = [4, 1, 2];
        int[] places = [.. Enumerable.Range(0, 14).Select(member => MemberPlaces.Of(member, weights))];
        weights.Select((weight, silo) => places.Count(place => place == silo)).Should().Equal(8, 2, 4);
        // However few there are, none is more crowded than another would be with one more.
        for (int members = 1; members < places.Length; members++)
        {
            double[] crowds = [.. weights.Select((weight, silo) => places[..members].Count(place => place == silo) / (double)weight)], next = [.. weights.Select((weight, silo) => (places[..members].Count(place => place == silo) + 1.0) / weight)];
            crowds.Max().Should().BeLessThanOrEqualTo(next.Min() + 1e-12);
        }
    }

    private static IMemberWork Open(byte[] description) => ((IMemberWorkFactory)new SiloMembers.Factory()).Create(description, new ShardFolders([]), CancellationToken.None);

    private static MemberTable Table()
    {
        var random = new Random(3);
        var data = new RegressionData(2);
        for (int j = 0; j < 50; j++) data.Add([random.NextSingle(), random.NextSingle()], random.NextDouble(), 1);
        Standardization units = Standardization.Measure(data);
        int[] order = [.. Enumerable.Range(0, 50)];
        return new MemberTable(new EnsembleOptions().MemberOptions(3), data, [FeatureMap.Plain(units), FeatureMap.Bent(units, data, new WorkSharing(1))], units.Label, [order[..25], order[10..]], [order[25..], order[..10]]);
    }
}
