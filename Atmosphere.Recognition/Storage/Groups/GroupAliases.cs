using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Maps a carrier's number-hiding ids to addresses: an address told once is still known when the carrier omits it later.</summary>
public static class GroupAliases
{
    /// <param name="alias">Hash of the carrier's id.</param>
    /// <param name="hash">Hash of the address.</param>
    public static Task RememberAsync(Session session, GroupId group, string alias, string hash) =>
        session.ExecuteAsync(
            $"""
            INSERT INTO group_aliases (group_id, alias_hash, address_hash)
            SELECT id, @alias, @hash FROM groups WHERE id = @group AND {Rules.GroupIsActive}
            ON CONFLICT (group_id, alias_hash) DO UPDATE SET address_hash = excluded.address_hash
            """,
            new { group, alias, hash });

    /// <param name="alias">Hash of the carrier's id.</param>
    /// <returns>The hash of the address; null if it was never told.</returns>
    public static Task<string?> FindAsync(Session session, GroupId group, string alias) =>
        session.QuerySingleOrDefaultAsync<string>(
            "SELECT address_hash FROM group_aliases WHERE group_id = @group AND alias_hash = @alias", new { group, alias });
}
