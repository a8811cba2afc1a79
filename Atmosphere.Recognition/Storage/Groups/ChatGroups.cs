using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <param name="Id">Ours.</param>
/// <param name="Name">For people.</param>
/// <param name="Channel">Who carries its chat, such as whatsapp-waha; null: it is not linked.</param>
/// <param name="Address">The carrier's id of the chat; null: it is not linked, or not any more.</param>
/// <param name="Language">In which the bot speaks there.</param>
/// <param name="Teacher">Who linked it; null: an operator.</param>
/// <param name="LinkedAt">When the code was posted there.</param>
/// <param name="EndedAt">When it ended.</param>
public sealed record ChatGroup(
    GroupId Id, string Name, string? Channel, string? Address, string Language, ParticipantId? Teacher, DateTimeOffset? LinkedAt, DateTimeOffset? EndedAt)
{
    /// <summary>In which the carrier keeps the chat, where it has several; it is no part of the chat's name.</summary>
    public string? Service { get; init; }

    /// <summary>A teacher confirms a registration before anything is delivered.</summary>
    public bool Confirms { get; init; }
}

/// <summary>Groups that are linked with a chat.</summary>
public static class ChatGroups
{
    private const string Columns = "id, name, channel, address, language, teacher_id, linked_at, ended_at, service, confirms";

    // What only this chat is about; the rest of a group is erased by its own flow.
    private static readonly string[] _ofAChat = ["group_departures", "group_files", "group_paces", "group_aliases"];

    /// <summary>The living group of a chat; null where nobody linked it.</summary>
    public static async Task<ChatGroup?> FindAsync(Session session, string channel, string address) =>
        (await session.QuerySingleOrDefaultAsync<Row>(
            $"SELECT {Columns} FROM groups WHERE channel = @channel AND address = @address AND {Rules.GroupIsActive}", new { channel, address }))?.ToGroup();

    /// <summary>Also one that has ended, or was never linked.</summary>
    public static async Task<ChatGroup?> FindAsync(Session session, GroupId group) =>
        (await session.QuerySingleOrDefaultAsync<Row>($"SELECT {Columns} FROM groups WHERE id = @group", new { group }))?.ToGroup();

    /// <summary>All groups by their ids.</summary>
    public static async Task<IReadOnlyList<ChatGroup>> ListAsync(Session session) =>
        [.. (await session.QueryAsync<Row>($"SELECT {Columns} FROM groups ORDER BY id")).Select(row => row.ToGroup())];

    /// <summary>Makes a group of a chat.</summary>
    public static Task AddAsync(Session session, ChatGroup group) =>
        session.ExecuteAsync(
            """
            INSERT INTO groups (id, name, channel, address, language, confirms, teacher_id, linked_at, created_at, service)
            VALUES (@Id, @Name, @Channel, @Address, @Language, @confirms, @Teacher, @at, @at, @Service)
            """,
            new
            {
                group.Id,
                group.Name,
                group.Channel,
                group.Address,
                group.Language,
                group.Teacher,
                group.Service,
                confirms = group.Confirms ? 1 : 0,
                at = group.LinkedAt?.ToUnixTimeMilliseconds(),
            });

    /// <summary>Links a group that an operator set up: with the channel, the address, the service, the time and the confirming of the given one.</summary>
    /// <returns>False where it is linked or has ended.</returns>
    public static async Task<bool> LinkAsync(Session session, ChatGroup group) =>
        await session.ExecuteAsync(
            $"""
            UPDATE groups SET channel = @Channel, address = @Address, service = @Service, linked_at = @at, introduced_at = NULL, confirms = @confirms
            WHERE id = @Id AND address IS NULL AND {Rules.GroupIsActive}
            """,
            new { group.Id, group.Channel, group.Address, group.Service, at = group.LinkedAt?.ToUnixTimeMilliseconds(), confirms = group.Confirms ? 1 : 0 }) > 0;

    /// <summary>Where the carrier keeps the chat, when that is told later than the linking.</summary>
    public static Task KeepServiceAsync(Session session, GroupId group, string service) =>
        session.ExecuteAsync("UPDATE groups SET service = @service WHERE id = @group AND (service IS NULL OR service <> @service)", new { group, service });

    /// <summary>Whoever calls this introduces the bot there; nobody else does.</summary>
    /// <returns>False where it was done before, or the group has ended.</returns>
    public static async Task<bool> BeginIntroductionAsync(Session session, GroupId group, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"UPDATE groups SET introduced_at = @now WHERE id = @group AND introduced_at IS NULL AND {Rules.GroupIsActive} AND address IS NOT NULL",
            new { group, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The introduction surely did not arrive.</summary>
    public static Task TakeIntroductionBackAsync(Session session, GroupId group) =>
        session.ExecuteAsync("UPDATE groups SET introduced_at = NULL WHERE id = @group", new { group });

    /// <summary>Nothing comes from its chat any more, and the chat may be linked anew.</summary>
    /// <returns>False where it has ended before.</returns>
    public static async Task<bool> EndAsync(Session session, GroupId group, DateTimeOffset now)
    {
        foreach (var table in _ofAChat)
            await session.ExecuteAsync($"DELETE FROM {table} WHERE group_id = @group", new { group });
        await GroupNotifications.ForgetAsync(session, group);
        return await session.ExecuteAsync(
            $"UPDATE groups SET address = NULL, ended_at = COALESCE(ended_at, @now) WHERE id = @group AND (address IS NOT NULL OR {Rules.GroupIsActive})",
            new { group, now = now.ToUnixTimeMilliseconds() }) > 0;
    }

    private sealed record Row
    {
        public GroupId Id { get; init; }

        public string Name { get; init; } = "";

        public string? Channel { get; init; }

        public string? Address { get; init; }

        public string Language { get; init; } = "";

        public ParticipantId? TeacherId { get; init; }

        public long? LinkedAt { get; init; }

        public long? EndedAt { get; init; }

        public string? Service { get; init; }

        public int Confirms { get; init; }

        public ChatGroup ToGroup() =>
            new(Id, Name, Channel, Address, Language, TeacherId, At(LinkedAt), At(EndedAt)) { Service = Service, Confirms = Confirms != 0 };

        private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }
}
