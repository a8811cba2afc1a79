using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <param name="Id">Our id.</param>
/// <param name="Name">Display name.</param>
/// <param name="Channel">The carrier of its chat, such as whatsapp-waha; null: not linked.</param>
/// <param name="Address">The carrier's id of the chat; null: not linked, or no longer.</param>
/// <param name="Language">The bot's language in the group.</param>
/// <param name="Teacher">The teacher who linked it; null: an operator did.</param>
/// <param name="LinkedAt">When the code was posted in the chat.</param>
/// <param name="EndedAt">When it ended.</param>
public sealed record ChatGroup(
    GroupId Id, string Name, string? Channel, string? Address, string Language, ParticipantId? Teacher, DateTimeOffset? LinkedAt, DateTimeOffset? EndedAt)
{
    /// <summary>The carrier's service of the chat, if the carrier has several; not part of the chat's address.</summary>
    public string? Service { get; init; }

    /// <summary>True if a teacher must confirm a registration before anything is delivered.</summary>
    public bool Confirms { get; init; }
}

/// <summary>The groups that are linked with chats.</summary>
public static class ChatGroups
{
    private const string Columns = "id, name, channel, address, language, teacher_id, linked_at, ended_at, service, confirms";

    // Tables about this chat only; another flow erases the rest of the group.
    private static readonly string[] _ofAChat = ["group_departures", "group_files", "group_paces", "group_aliases"];

    /// <summary>The active group of a chat; null if the chat is not linked.</summary>
    public static async Task<ChatGroup?> FindAsync(Session session, string channel, string address) =>
        (await session.QuerySingleOrDefaultAsync<Row>(
            $"SELECT {Columns} FROM groups WHERE channel = @channel AND address = @address AND {Rules.GroupIsActive}", new { channel, address }))?.ToGroup();

    /// <summary>The group, even if it has ended or was never linked.</summary>
    public static async Task<ChatGroup?> FindAsync(Session session, GroupId group) =>
        (await session.QuerySingleOrDefaultAsync<Row>($"SELECT {Columns} FROM groups WHERE id = @group", new { group }))?.ToGroup();

    /// <summary>All groups, ordered by id.</summary>
    public static async Task<IReadOnlyList<ChatGroup>> ListAsync(Session session) =>
        [.. (await session.QueryAsync<Row>($"SELECT {Columns} FROM groups ORDER BY id")).Select(row => row.ToGroup())];

    /// <summary>Creates the group of a chat.</summary>
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

    /// <summary>Links a group that an operator set up: takes channel, address, service, time and confirmation from the argument.</summary>
    /// <returns>False if it is linked or has ended.</returns>
    public static async Task<bool> LinkAsync(Session session, ChatGroup group) =>
        await session.ExecuteAsync(
            $"""
            UPDATE groups SET channel = @Channel, address = @Address, service = @Service, linked_at = @at, introduced_at = NULL, confirms = @confirms
            WHERE id = @Id AND address IS NULL AND {Rules.GroupIsActive}
            """,
            new { group.Id, group.Channel, group.Address, group.Service, at = group.LinkedAt?.ToUnixTimeMilliseconds(), confirms = group.Confirms ? 1 : 0 }) > 0;

    /// <summary>Stores the chat's service, if the carrier reports it after linking.</summary>
    public static Task KeepServiceAsync(Session session, GroupId group, string service) =>
        session.ExecuteAsync("UPDATE groups SET service = @service WHERE id = @group AND (service IS NULL OR service <> @service)", new { group, service });

    /// <summary>Marks the group as introduced. The caller that gets true posts the introduction; every other caller must not.</summary>
    /// <returns>False if it was marked before or the group has ended.</returns>
    public static async Task<bool> BeginIntroductionAsync(Session session, GroupId group, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"UPDATE groups SET introduced_at = @now WHERE id = @group AND introduced_at IS NULL AND {Rules.GroupIsActive} AND address IS NOT NULL",
            new { group, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Clears the mark after the introduction certainly failed.</summary>
    public static Task TakeIntroductionBackAsync(Session session, GroupId group) =>
        session.ExecuteAsync("UPDATE groups SET introduced_at = NULL WHERE id = @group", new { group });

    /// <summary>Ends the group: its chat is ignored from now on and can be linked again.</summary>
    /// <returns>False if it had ended before.</returns>
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
