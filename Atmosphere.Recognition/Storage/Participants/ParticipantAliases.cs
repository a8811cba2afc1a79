namespace Atmosphere.Recognition.Storage;

/// <summary>
/// The table participant_aliases: a number-hiding id and the participant behind it are one identity, also when the carrier omits the number
/// later.
/// </summary>
public static class ParticipantAliases
{
    /// <param name="alias">Hash of the carrier's id.</param>
    /// <param name="address">Such as +15551234567; nothing is stored if nobody wrote from it yet.</param>
    public static Task RememberAsync(Session session, string channel, string alias, string address, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO participant_aliases (alias_hash, participant_id, told_at)
            SELECT @alias, id, @now FROM participants WHERE channel = @channel AND address = @address AND forgetting_at IS NULL
            ON CONFLICT (alias_hash) DO UPDATE SET participant_id = excluded.participant_id, told_at = excluded.told_at
            """,
            new { alias, channel, address, now = now.ToUnixTimeMilliseconds() });

    /// <param name="alias">Hash of the carrier's id.</param>
    /// <returns>The address behind it; null if it was never told.</returns>
    public static Task<string?> AddressAsync(Session session, string alias) =>
        session.QuerySingleOrDefaultAsync<string>(
            "SELECT p.address FROM participant_aliases a JOIN participants p ON p.id = a.participant_id WHERE a.alias_hash = @alias", new { alias });
}
