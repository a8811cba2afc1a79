using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <param name="Id">Ours.</param>
/// <param name="Channel">directline, botframework or whatsapp.</param>
/// <param name="Address">The channel's id of the private conversation.</param>
/// <param name="Reference">JSON: what the channel needs to write first.</param>
/// <param name="Language">BCP 47, such as "en".</param>
public sealed record Participant(ParticipantId Id, string Channel, string Address, string Reference, string Language)
{
    /// <summary>They opted out: nothing is sent but answers to what they write.</summary>
    public bool HasStopped { get; init; }

    /// <summary>They want no photos until they say so.</summary>
    public bool IsPaused { get; init; }

    /// <summary>They want one album in the evening instead of single photos.</summary>
    public bool WantsAlbum { get; init; }
}

/// <summary>Who talks to the bot, and which groups they are members of.</summary>
public sealed class Participants(TimeProvider clock)
{
    /// <summary>
    /// The participant behind an address, who wrote just now; made at the first contact, and made a member of the given group and of the
    /// groups whose members they are by <c>group_members</c>.
    /// </summary>
    /// <param name="reference">JSON; the newest one counts.</param>
    /// <param name="group">Null on channels whose groups say themselves who their members are.</param>
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

    /// <summary>Changes the language in which the bot speaks.</summary>
    /// <param name="chosen">The participant said so; else it was guessed, and a choice that was made before stands.</param>
    public static Task SpeakAsync(Session session, ParticipantId participant, string language, bool chosen) =>
        session.ExecuteAsync(
            "UPDATE participants SET language = @language, language_chosen = @chosen WHERE id = @participant AND (@chosen = 1 OR language_chosen = 0)",
            new { participant = participant.Value, language, chosen = chosen ? 1 : 0 });

    /// <summary>What the participant calls themselves: others see it whom they ask for something.</summary>
    public static Task CallAsync(Session session, ParticipantId participant, string profileName) =>
        session.ExecuteAsync("UPDATE participants SET profile_name = @profileName WHERE id = @participant", new { participant = participant.Value, profileName });

    /// <returns>Null where they never said.</returns>
    public static Task<string?> ProfileNameAsync(Session session, ParticipantId participant) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT profile_name FROM participants WHERE id = @participant", new { participant = participant.Value });

    /// <returns>Null where there is none.</returns>
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

    /// <returns>Null where nobody wrote from the address yet.</returns>
    public static Task<ParticipantId?> FindAsync(Session session, string channel, string address) =>
        session.QuerySingleOrDefaultAsync<ParticipantId?>(
            "SELECT id FROM participants WHERE channel = @channel AND address = @address", new { channel, address });

    /// <returns>JSON: what the channel needs to write to the address first; null where nobody wrote from it.</returns>
    public static Task<string?> ReferenceAsync(Session session, string channel, string address) =>
        session.QuerySingleOrDefaultAsync<string>("SELECT reference FROM participants WHERE channel = @channel AND address = @address", new { channel, address });

    /// <returns>What must be known of an address before it is written to; null where nobody wrote from it.</returns>
    public static Task<ParticipantContact?> ContactAsync(Session session, string channel, string address) =>
        session.QuerySingleOrDefaultAsync<ParticipantContact>(
            "SELECT reference, language, heard_at, closed_at, stopped_at FROM participants WHERE channel = @channel AND address = @address", new { channel, address });

    /// <summary>The channel takes no free words for the address until its participant writes again.</summary>
    public static Task CloseAsync(Session session, string channel, string address, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE participants SET closed_at = @now WHERE channel = @channel AND address = @address", new { channel, address, now = now.ToUnixTimeMilliseconds() });

    /// <summary>The channel says that the participant opted out.</summary>
    public static async Task StopAsync(Session session, string channel, string address, DateTimeOffset now)
    {
        if (await FindAsync(session, channel, address) is { } participant)
            await ParticipantTable.StopAsync(session, participant, now);
    }

    /// <summary>When they asked to be forgotten; null: they did not. Milliseconds since 1970-01-01 UTC.</summary>
    public static Task<long?> ForgettingAtAsync(Session session, ParticipantId participant) =>
        session.QuerySingleOrDefaultAsync<long?>("SELECT forgetting_at FROM participants WHERE id = @participant", new { participant });

    /// <summary>Deletes somebody whom nothing refers to but groups.</summary>
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

/// <summary>What must be known of a participant before they are written to. Times are milliseconds since 1970-01-01 UTC.</summary>
public sealed record ParticipantContact
{
    /// <summary>JSON: what the channel needs to write first.</summary>
    public string Reference { get; init; } = "";

    /// <summary>BCP 47.</summary>
    public string Language { get; init; } = "";

    /// <summary>When they last wrote.</summary>
    public long? HeardAt { get; init; }

    /// <summary>When the channel last said that it takes no free words for them.</summary>
    public long? ClosedAt { get; init; }

    /// <summary>When they opted out.</summary>
    public long? StoppedAt { get; init; }
}
