using CsCheck;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class WorkSharingTests
{
    [Fact]
    public void Every_piece_is_done_exactly_once_call_after_call() => Gen.Select(Gen.Int[1, 8], Gen.Int[0, 40].Array[1, 30]).Sample((threads, counts) =>
    {
        var work = new WorkSharing(threads);
        foreach (int count in counts)
        {
            var done = new int[count];
            work.For(count, i => Interlocked.Increment(ref done[i]));
            done.All(times => times == 1).Should().BeTrue();
        }
    });

    [Fact]
    public void No_more_threads_work_at_once_than_allowed()
    {
        var work = new WorkSharing(3);
        int now = 0, most = 0;
        for (int call = 0; call < 50; call++)
        {
            work.For(12, _ =>
            {
                int running = Interlocked.Increment(ref now);
                InterlockedMax(ref most, running);
                Thread.SpinWait(2000);
                Interlocked.Decrement(ref now);
            });
        }

        most.Should().BeLessThanOrEqualTo(3);
    }

    [Fact]
    public void A_failure_reaches_the_caller_after_all_pieces_and_the_next_call_is_clean()
    {
        var work = new WorkSharing(4);
        int done = 0;
        FluentActions.Invoking(() => work.For(20, i =>
        {
            Interlocked.Increment(ref done);
            if (i == 7) throw new InvalidOperationException("piece 7");
        })).Should().Throw<InvalidOperationException>().WithMessage("piece 7");
        done.Should().Be(20);
        work.For(20, _ => Interlocked.Increment(ref done));
        done.Should().Be(40);
    }

    [Fact]
    public async Task Many_callers_each_with_its_own_do_not_wait_for_each_other()
    {
        Task[] callers = [.. Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
        {
            var work = new WorkSharing(4);
            long sum = 0;
            for (int call = 0; call < 200; call++) work.For(10, i => Interlocked.Add(ref sum, i));
            sum.Should().Be(200 * 45);
        }))];
        await Task.WhenAll(callers).WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (seen < value)
        {
            int before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
