namespace GnMlNet.Cluster.Work;

/// <summary>How members are spread over silos.</summary>
internal static class MemberPlaces
{
    /// <summary>Where a member goes: one after the other each goes where it is least crowded then.</summary>
    /// <param name="member">Its number, at least 0.</param>
    /// <param name="weights">How much each silo can do, above 0.</param>
    /// <returns>The number of the silo.</returns>
    internal static int Of(int member, IReadOnlyList<int> weights)
    {
        int[] members = new int[weights.Count];
        for (int k = 0; ; k++)
        {
            int place = 0;
            for (int silo = 1; silo < members.Length; silo++)
            {
                // (m + 1) / w, without rounding.
                if ((members[silo] + 1L) * weights[place] < (members[place] + 1L) * weights[silo]) place = silo;
            }

            if (k == member) return place;
            members[place]++;
        }
    }
}
