using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Stores the users of the bot and their groups.</summary>
public sealed class Participants(TimeProvider clock)
{
    /// <summary>
    /// Returns the participant of an address who has just written; creates them on first contact and adds them to the given group, and to
    /// the groups that list the address in <c>group_members</c>.
    /// </summary>
    /// <param name="reference">JSON; replaces the stored one.</param>
    /// <param name="group">Null on channels whose groups report their members themselves.</param>
    public async Task<ParticipantId> EnsureAsync(Session session, string channel, string address, string reference, GroupId? group)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var hash = session.Key.HashOf(address);
        await session.ExecuteAsync(
            """
            INSERT INTO participants (id, channel, address, address_hash, reference, language, created_at, heard_at)
            VALUES (@id, @channel, @address, @hash, @reference, 'en', @now, @now)
            ON CONFLICT (channel, address) DO UPDATE SET reference = excluded.reference, heard_at = excluded.heard_at, address_hash = excluded.address_hash
            """,
            new { id = ParticipantId.New().Value, channel, address, hash, reference, now });
        var id = await session.QuerySingleOrDefaultAsync<string>(
            "SELECT id FROM participants WHERE channel = @channel AND address = @address", new { channel, address });
        await Memberships.OfNewcomerAsync(session, new ParticipantId(id!), group, channel == "whatsapp" ? hash : null, clock.GetUtcNow());
        return new ParticipantId(id!);
    }

    /// <summary>Sets the bot's language for a participant.</summary>
    /// <param name="chosen">True: the participant chose it; false: it was guessed, and an earlier choice has priority.</param>
    public static Task SpeakAsync(Session session, ParticipantId participant, string language, bool chosen) =>
        session.ExecuteAsync(
            "UPDATE participants SET language = @language, language_chosen = @chosen WHERE id = @participant AND (@chosen = 1 OR language_chosen = 0)",
            new { participant = participant.Value, language, chosen = chosen ? 1 : 0 });

    /// <summary>Stores the participant's display name, which is shown to users that they send requests to.</summary>
    public static Task CallAsync(Session session, ParticipantId participant, string profileName) =>
        session.ExecuteAsync("UPDATE participants SET profile_name = @profileName WHERE id = @participant", new { participant = participant.Value, profileName });

    /// <returns>Null if unknown.</returns>
    public static Task<string?> ProfileNameAsync(Session session, ParticipantId participant) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT profile_name FROM participants WHERE id = @participant", new { participant = participant.Value });

    /// <returns>Null if there is none.</returns>
    public static async Task<Participant?> FindAsync(Session session, ParticipantId id)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT id AS Id, channel AS Channel, address AS Address, reference AS Reference, language AS Language,
                stopped_at AS StoppedAt, paused_at AS PausedAt, album AS Album
            FROM participants WHERE id = @id
            """,
            new { id = id.Value });
        return row is null
            ? null
            : new Participant(new ParticipantId(row.Id), row.Channel, row.Address, row.Reference, row.Language)
            {
                HasStopped = row.StoppedAt is not null,
                IsPaused = row.PausedAt is not null,
                WantsAlbum = row.Album == "daily",
            };
    }

    /// <returns>Null if nobody wrote from the address yet.</returns>
    public static Task<ParticipantId?> FindAsync(Session session, string channel, string address) =>
        session.QuerySingleOrDefaultAsync<ParticipantId?>(
            "SELECT id FROM participants WHERE channel = @channel AND address = @address", new { channel, address });

    /// <returns>JSON that the channel needs to start a conversation; null if nobody wrote from the address.</returns>
    public static Task<string?> ReferenceAsync(Session session, string channel, string address) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT reference FROM participants WHERE channel = @channel AND address = @address", new { channel, address });

    /// <returns>The data needed before writing to an address; null if nobody wrote from it.</returns>
    public static Task<ParticipantContact?> ContactAsync(Session session, string channel, string address) =>
        session.QuerySingleOrDefaultAsync<ParticipantContact>(
            "SELECT reference, language, heard_at, closed_at, stopped_at FROM participants WHERE channel = @channel AND address = @address", new { channel, address });

    /// <summary>Records that the channel accepts no free-form text for the address until the participant writes again.</summary>
    public static Task CloseAsync(Session session, string channel, string address, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE participants SET closed_at = @now WHERE channel = @channel AND address = @address", new { channel, address, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Records an opt-out that the channel reported.</summary>
    public static async Task StopAsync(Session session, string channel, string address, DateTimeOffset now)
    {
        if (await FindAsync(session, channel, address) is { } participant)
            await ParticipantTable.StopAsync(session, participant, now);
    }

    /// <summary>When the participant asked to be erased, milliseconds since 1970-01-01 UTC; null: never.</summary>
    public static Task<long?> ForgettingAtAsync(Session session, ParticipantId participant) =>
        session.QuerySingleOrDefaultAsync<long?>("SELECT forgetting_at FROM participants WHERE id = @participant", new { participant });

    /// <summary>Deletes a participant to whom only groups refer.</summary>
    public static async Task DeleteAsync(Session session, ParticipantId participant)
    {
        await Memberships.ForgetAsync(session, participant);
        _ = await ParticipantTable.DeleteAsync(session, participant);
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Channel { get; init; } = "";

        public string Address { get; init; } = "";

        public string Reference { get; init; } = "";

        public string Language { get; init; } = "";

        public long? StoppedAt { get; init; }

        public long? PausedAt { get; init; }

        public string Album { get; init; } = "";
    }
}

/// <summary>The data needed before writing to a participant. Times are milliseconds since 1970-01-01 UTC.</summary>
public sealed record ParticipantContact
{
    /// <summary>JSON that the channel needs to start a conversation.</summary>
    public string Reference { get; init; } = "";

    /// <summary>BCP 47.</summary>
    public string Language { get; init; } = "";

    /// <summary>When they last wrote.</summary>
    public long? HeardAt { get; init; }

    /// <summary>When the channel last rejected free-form text for them.</summary>
    public long? ClosedAt { get; init; }

    /// <summary>When they opted out.</summary>
    public long? StoppedAt { get; init; }
}
