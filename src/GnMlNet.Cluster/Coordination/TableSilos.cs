using GnMlNet.Cluster.Messages;
using GnMlNet.Cluster.Silos;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Coordination;

/// <summary>The silos that work on a table: those of the cluster that compute alike and have made the table ready. Others join as they come.</summary>
internal sealed class TableSilos(IGrainFactory grains, ISiloStatusOracle statuses, TableName table, SiloRole own) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _looking = new(1);
    private readonly Dictionary<SiloAddress, TableSilo?> _known = [];
    private readonly HashSet<SiloAddress> _lost = [];
    private readonly List<string> _refusals = [];

    /// <summary>Which silos that came later are left out, and why.</summary>
    internal IReadOnlyList<string> Refusals
    {
        get
        {
            lock (_refusals) return [.. _refusals];
        }
    }

    public void Dispose() => _looking.Dispose();

    /// <summary>The silos in the order of their addresses; asks those that are new.</summary>
    /// <param name="isFirst">Whether a silo that cannot take part is an error, and not only left out.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ClusterException">No silo can take part, or one cannot while the table is opened.</exception>
    internal async Task<IReadOnlyList<TableSilo>> Current(bool isFirst, CancellationToken cancellation)
    {
        await _looking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            SiloAddress[] active = [.. statuses.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(address => !_lost.Contains(address)).Order()];
            SiloAddress[] unknown = [.. active.Where(address => !_known.ContainsKey(address))];
            await Task.WhenAll(unknown.Select(address => Meet(address, isFirst, cancellation))).ConfigureAwait(false);
            TableSilo[] silos = [.. active.Select(address => _known.GetValueOrDefault(address)).OfType<TableSilo>()];
            return silos.Length > 0 ? silos : throw new ClusterException($"No silo of the cluster can work on the table; start one with 'gnml silo'.{string.Concat(Refusals.Select(refusal => " " + refusal))}");
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Leaves a silo out from now on, though the cluster may not know yet that it is gone.</summary>
    internal async Task Lose(TableSilo silo, CancellationToken cancellation)
    {
        await _looking.WaitAsync(cancellation).ConfigureAwait(false);
        _lost.Add(silo.Address);
        _looking.Release();
    }

    /// <summary>Has a silo make the table ready again before the next order: it has forgotten it.</summary>
    internal async Task Renew(TableSilo silo, CancellationToken cancellation)
    {
        await _looking.WaitAsync(cancellation).ConfigureAwait(false);
        _known.Remove(silo.Address);
        _looking.Release();
    }

    /// <summary>Tells all silos to give the table up.</summary>
    internal void Close()
    {
        foreach (SiloAddress address in _known.Where(known => known.Value is not null && statuses.GetApproximateSiloStatus(known.Key) == SiloStatus.Active).Select(known => known.Key))
            _ = grains.GetGrain<ISiloWork>(SiloKey.Of(address, table.Key)).Close().ContinueWith(closed => closed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private async Task Meet(SiloAddress address, bool isFirst, CancellationToken cancellation)
    {
        string name = statuses.TryGetSiloName(address, out string? found) ? $"{found} ({address.Endpoint})" : $"{address.Endpoint}";
        try
        {
            TableSilo? silo = await Ask(address, name, cancellation).ConfigureAwait(false);
            lock (_refusals) _known[address] = silo;
        }
        catch (SiloLostException) when (!isFirst || statuses.GetApproximateSiloStatus(address) != SiloStatus.Active)
        {
            // It left before it was known, or answers the next time.
        }
        catch (SiloLostException error)
        {
            throw new ClusterException($"Silo {name} does not answer, though it is in the list of the cluster.", error);
        }
        catch (ClusterException error) when (!isFirst)
        {
            lock (_refusals)
            {
                _refusals.Add(error.Message);
                _known[address] = null;
            }
        }
    }

    private async Task<TableSilo?> Ask(SiloAddress address, string name, CancellationToken cancellation)
    {
        var silo = new TableSilo(address, name, Cores: 1);
        SiloFacts facts = await Facts(silo, cancellation).ConfigureAwait(false);
        if (!facts.TakesWork) return null;
        Compare(name, facts, SiloFactsGrain.Facts(own));
        var errand = new Errand(grains, statuses, table, silo);
        await using (errand.ConfigureAwait(false)) await errand.Do(table.Order(WorkTask.Prepare, requestBytes: table.Description.Length), table.Description, cancellation).ConfigureAwait(false);
        return silo with { Cores = facts.Cores };
    }

    private async Task<SiloFacts> Facts(TableSilo silo, CancellationToken cancellation)
    {
        long start = Environment.TickCount64;
        while (statuses.GetApproximateSiloStatus(silo.Address) == SiloStatus.Active && Environment.TickCount64 - start < Patience.TotalMilliseconds)
        {
            try
            {
                return await grains.GetGrain<ISiloFacts>(SiloKey.Of(silo.Address, "")).Tell().WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OrleansException or TimeoutException)
            {
                // One that has only just joined is not known to all.
            }

            await Task.Delay(BetweenTries, cancellation).ConfigureAwait(false);
        }

        throw new SiloLostException(silo, cause: null);
    }

    private static void Compare(string name, SiloFacts facts, SiloFacts own)
    {
        if (facts.Version != own.Version) throw new ClusterException($"Silo {name} is refused: it is of GnMlNet {facts.Version}, and this process of {own.Version}. Install the same on both.");
        if (facts.VectorBits != own.VectorBits || facts.HasFusedMultiplyAdd != own.HasFusedMultiplyAdd)
        {
            throw new ClusterException(
                $"Silo {name} is refused: it computes with {Arithmetic(facts)}, and this process with {Arithmetic(own)}, so that sums would have other bits. Start all processes with the environment variable "
                + $"DOTNET_PreferredVectorBitWidth={Math.Min(facts.VectorBits, own.VectorBits)}.");
        }
    }

    private static string Arithmetic(SiloFacts facts) => FormattableString.Invariant($"vectors of {facts.VectorBits} bits {(facts.HasFusedMultiplyAdd ? "and" : "without")} fused multiply-add");
}
