namespace GnMlNet.Ledger.Settings;

/// <summary>An instance with the numbers that statements are decided with, and what has to hold for it.</summary>
internal abstract class Setting
{
    /// <summary>The name of the instance, with the numbers.</summary>
    internal abstract string Name { get; }

    /// <summary>The precision.</summary>
    internal abstract int Bits { get; }

    /// <summary>What has to be proved of it before a conclusion counts.</summary>
    internal abstract IEnumerable<Claim> Hypotheses { get; }

    /// <summary>What the way of deciding needs beyond those.</summary>
    internal virtual IEnumerable<Claim> Premises => [];

    /// <summary>What is found of conclusions.</summary>
    internal Finding Find(params IReadOnlyList<Claim> conclusions) => FindUnder([], conclusions);

    /// <summary>What is found of conclusions under further hypotheses.</summary>
    internal Finding FindUnder(IEnumerable<Claim> further, params IReadOnlyList<Claim> conclusions) => new(Name, Bits, [.. Hypotheses, .. further], conclusions) { Premises = [.. Premises] };
}
