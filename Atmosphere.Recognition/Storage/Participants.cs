using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <param name="Id">Ours.</param>
/// <param name="Channel">directline or botframework.</param>
/// <param name="Address">The channel's id of the private conversation.</param>
/// <param name="Reference">JSON: what the channel needs to write first.</param>
/// <param name="Language">BCP 47, such as "en".</param>
public sealed record Participant(ParticipantId Id, string Channel, string Address, string Reference, string Language);

/// <summary>Who talks to the bot, and which groups they are members of.</summary>
public sealed class Participants(TimeProvider clock)
{
    /// <summary>The participant behind an address; made, and made a member of the group, at the first contact.</summary>
    /// <param name="reference">JSON; the newest one counts.</param>
    public async Task<ParticipantId> EnsureAsync(Session session, string channel, string address, string reference, GroupId group)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await session.ExecuteAsync(
            """
            INSERT INTO participants (id, channel, address, reference, language, created_at)
            VALUES (@id, @channel, @address, @reference, 'en', @now)
            ON CONFLICT (channel, address) DO UPDATE SET reference = excluded.reference
            """,
            new { id = ParticipantId.New().Value, channel, address, reference, now });
        var id = await session.QuerySingleOrDefaultAsync<string>(
            "SELECT id FROM participants WHERE channel = @channel AND address = @address", new { channel, address });
        await session.ExecuteAsync(
            """
            INSERT INTO group_participants (group_id, participant_id, joined_at) VALUES (@group, @id, @now)
            ON CONFLICT (group_id, participant_id) DO NOTHING
            """,
            new { group = group.Value, id, now });
        return new ParticipantId(id!);
    }

    /// <returns>Null where there is none.</returns>
    public static async Task<Participant?> FindAsync(Session session, ParticipantId id)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            "SELECT id AS Id, channel AS Channel, address AS Address, reference AS Reference, language AS Language FROM participants WHERE id = @id",
            new { id = id.Value });
        return row is null ? null : new Participant(new ParticipantId(row.Id), row.Channel, row.Address, row.Reference, row.Language);
    }

    /// <summary>Makes the group where it is missing; an existing one keeps its name.</summary>
    public Task EnsureGroupAsync(Session session, GroupId group, string name) =>
        session.ExecuteAsync(
            "INSERT INTO groups (id, name, created_at) VALUES (@id, @name, @now) ON CONFLICT (id) DO NOTHING",
            new { id = group.Value, name, now = clock.GetUtcNow().ToUnixTimeMilliseconds() });

    private sealed record Row(string Id, string Channel, string Address, string Reference, string Language);
}
