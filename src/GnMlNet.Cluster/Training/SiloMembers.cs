using GnMlNet.Cluster.Work;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>The members of an ensemble on a silo: it has those that it was asked about, as many of them at work at once as the machine has processors.</summary>
internal sealed class SiloMembers : IMemberWork, IDisposable
{
    private readonly MemberTable _table;
    private readonly LargeTable? _rows;
    private readonly Place[] _places;
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);
    private readonly LinearizationRoom _room = new();

    private SiloMembers(MemberTable table, LargeTable? rows)
    {
        (_table, _rows) = (table, rows);
        _places = [.. Enumerable.Range(0, table.Members).Select(_ => new Place())];
    }

    /// <summary>The kind of tables whose rows go to the silos with their description.</summary>
    internal const string HeldKind = "members";

    /// <summary>The kind of large tables in a folder, whose rows are passed over, too.</summary>
    internal const string LargeKind = "rows and members";

    /// <summary>Which table it is.</summary>
    /// <param name="table">What members are trained on.</param>
    /// <param name="rows">The description of the large table; nothing where there is none.</param>
    internal static byte[] Describe(MemberTable table, byte[] rows) => MemberNumbers.Write(writer =>
    {
        writer.WriteCounted(rows);
        table.WriteState(writer);
    });

    /// <exception cref="FormatException">The request is none of this table.</exception>
    public byte[] Run(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        var asked = MemberRequest.Read(request, _table);
        Place place = _places[asked.Member];
        // One that was given up may still be at work.
        lock (place)
        {
            _processors.Wait(cancellation);
            try
            {
                return asked.Question is MemberQuestion.Finish last ? Finish(asked, last, cancellation) : Advance(place, asked, cancellation);
            }
            finally
            {
                _processors.Release();
            }
        }
    }

    public void Dispose()
    {
        foreach (Place place in _places) place.Member?.Dispose();
        _processors.Dispose();
        _rows?.Dispose();
    }

    private byte[] Advance(Place place, MemberRequest asked, CancellationToken cancellation)
    {
        SiloMember? member = place.Member;
        // A failure leaves nothing behind.
        place.Member = null;
        if (member?.Suits(asked) != true)
        {
            member?.Dispose();
            if (asked.State is not { } state) return MemberAnswer.Unknown;
            member = SiloMember.From(RowsOf(asked), _table.Options, _room, state, asked.Version);
        }

        byte[] answer = member.Do(asked, cancellation);
        if (asked.Question is MemberQuestion.Report) place.Member = member;
        else member.Dispose();
        return answer;
    }

    private byte[] Finish(MemberRequest asked, MemberQuestion.Finish last, CancellationToken cancellation)
    {
        MemberRows rows = RowsOf(asked);
        var shape = new NetworkShape(rows.InputSize, _table.Options.Run.HiddenUnits!.Value);
        var best = new NetworkMember(new Network(shape, _table.Options.Run.Activation, last.Parameters), asked.Map, last.Evidence);
        return MemberAnswer.Finished(FinalSteps.Take(best, rows, last.Steps, last.KeepsLeverage, _table.Options, new TrainingControl { CancellationToken = cancellation }));
    }

    private MemberRows RowsOf(MemberRequest asked) => _table.Of(asked.Member, asked.Map, _rows);

    /// <summary>Where a member is between two requests.</summary>
    private sealed class Place
    {
        internal SiloMember? Member { get; set; }
    }

    /// <summary>Makes members ready, and what passes over the rows that they train on.</summary>
    internal sealed class Factory : IMemberWorkFactory, IPartWorkFactory
    {
        IMemberWork IMemberWorkFactory.Create(ReadOnlyMemory<byte> description, ShardFolders folders, CancellationToken cancellation)
        {
            using StateReader reader = Read(description);
            byte[] rows = ReadRows(reader);
            var table = MemberTable.Read(reader);
            reader.End();
            if (table.IsHeld != (rows.Length == 0)) throw new ClusterException("Members train on rows of their own or on those of a large table, not on both or on none.");
            return new SiloMembers(table, rows.Length == 0 ? null : SharedRows.Open(rows, folders));
        }

        IPartWork IPartWorkFactory.Create(ReadOnlyMemory<byte> description, ShardFolders folders, CancellationToken cancellation)
        {
            using StateReader reader = Read(description);
            return ((IPartWorkFactory)new SharedRows.Factory()).Create(ReadRows(reader), folders, cancellation);
        }

        private static StateReader Read(ReadOnlyMemory<byte> description) => MemberNumbers.Read(description, "The description of a table");

        private static byte[] ReadRows(StateReader reader) => reader.ReadCounted("the rows");
    }
}
