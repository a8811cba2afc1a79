using System.Security.Cryptography;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>What somebody is asked about another's wish.</summary>
public enum RequestKind
{
    /// <summary>May they become a guardian of the person?</summary>
    Guardian,

    /// <summary>Does the registered person belong to the group?</summary>
    Confirmation,

    /// <summary>Is the person, who waits to be learned, really another child than the registered one it looks like?</summary>
    LookAlike,
}

public enum RequestState
{
    Open,
    Granted,
    Refused,

    /// <summary>Nobody answered in time.</summary>
    Expired,
}

/// <param name="Id">The same wish has the same one for ever.</param>
/// <param name="Number">What the answer names, 1000 to 9999; unique among the open ones of <paramref name="To"/>.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="Person">Guardian: the registered person; confirmation: the one to confirm; look-alike: the one who waits to be learned.</param>
/// <param name="From">Who wishes it.</param>
/// <param name="To">Who answers.</param>
/// <param name="State">Whether, and how, it was answered.</param>
/// <param name="Details">JSON: what the kind needs; {} once it is told how it ended.</param>
/// <param name="CreatedAt">When it was asked.</param>
public sealed record Request(
    string Id, int Number, RequestKind Kind, PersonId Person, ParticipantId From, ParticipantId To, RequestState State, string Details, DateTimeOffset CreatedAt);

/// <summary>The rows of requests.</summary>
public static class RequestTable
{
    private const string Columns = "SELECT id, number, kind, person_id, from_id, to_id, state, details, created_at FROM requests";

    /// <summary>The ids of a participant's wishes.</summary>
    public static Task<IReadOnlyList<string>> IdsFromAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<string>("SELECT id FROM requests WHERE from_id = @participant", new { participant });

    /// <param name="pending">The registration that was given up for it.</param>
    /// <returns>False where the same wish is there already, open or ended.</returns>
    public static async Task<bool> AddAsync(
        Session session, string id, RequestKind kind, PersonId person, ParticipantId from, ParticipantId to, string details, PersonId? pending, DateTimeOffset now)
    {
        var taken = (await session.QueryAsync<long>("SELECT number FROM requests WHERE to_id = @to AND state = 'open'", new { to = to.Value })).ToHashSet();
        int number;
        do
            number = RandomNumberGenerator.GetInt32(1000, 10_000);
        while (taken.Contains(number));
        return await session.ExecuteAsync(
            """
            INSERT INTO requests (id, number, kind, person_id, from_id, to_id, state, details, pending_id, created_at)
            VALUES (@id, @number, @kind, @person, @from, @to, 'open', @details, @pending, @now)
            ON CONFLICT (id) DO NOTHING
            """,
            new
            {
                id,
                number,
                kind = NameOf(kind),
                person = person.Value,
                from = from.Value,
                to = to.Value,
                details,
                pending = pending?.Value,
                now = now.ToUnixTimeMilliseconds(),
            }) > 0;
    }

    /// <returns>Null where there is none.</returns>
    public static async Task<Request?> FindAsync(Session session, string id) =>
        (await session.QuerySingleOrDefaultAsync<Row>($"{Columns} WHERE id = @id", new { id }))?.ToRequest();

    /// <summary>The request for which a registration was given up.</summary>
    public static async Task<Request?> OfPendingAsync(Session session, PersonId pending) =>
        (await session.QuerySingleOrDefaultAsync<Row>($"{Columns} WHERE pending_id = @pending", new { pending = pending.Value }))?.ToRequest();

    /// <summary>What a participant is to answer, oldest first.</summary>
    public static async Task<IReadOnlyList<Request>> OpenAsync(Session session, ParticipantId to) =>
        [.. (await session.QueryAsync<Row>($"{Columns} WHERE to_id = @to AND state = 'open' ORDER BY created_at, id", new { to = to.Value })).Select(row => row.ToRequest())];

    /// <summary>Everything of a kind that is open and was asked until then, oldest first.</summary>
    internal static async Task<IReadOnlyList<Request>> OpenUntilAsync(Session session, RequestKind kind, DateTimeOffset until) =>
        [.. (await session.QueryAsync<Row>(
            $"{Columns} WHERE state = 'open' AND kind = @kind AND created_at <= @until ORDER BY created_at, id",
            new { kind = NameOf(kind), until = until.ToUnixTimeMilliseconds() })).Select(row => row.ToRequest())];

    /// <returns>False where it had ended already.</returns>
    internal static async Task<bool> EndAsync(Session session, string id, RequestState state, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE requests SET state = @state, ended_at = @now WHERE id = @id AND state = 'open'",
            new { id, state = NameOf(state), now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Who is no teacher any more confirms nothing.</summary>
    internal static Task<int> EndConfirmationsAsync(Session session, ParticipantId to, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE requests SET state = 'expired', details = '{}', ended_at = @now WHERE kind = 'confirmation' AND to_id = @to AND state = 'open'",
            new { to, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Questions to those who may not answer them any more: who left the group, too.</summary>
    internal static Task<int> EndIdleConfirmationsAsync(Session session, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            UPDATE requests SET state = 'expired', details = '{}', ended_at = @now
            WHERE kind = 'confirmation' AND state = 'open' AND NOT EXISTS (
                SELECT 1 FROM persons p JOIN groups g ON g.id = p.group_id
                JOIN participants t ON t.id = requests.to_id AND t.teacher_since IS NOT NULL AND t.forgetting_at IS NULL
                WHERE p.id = requests.person_id AND (g.teacher_id = t.id
                    OR EXISTS (SELECT 1 FROM group_participants m WHERE m.group_id = g.id AND m.participant_id = t.id)))
            """,
            new { now = now.ToUnixTimeMilliseconds() });

    /// <summary>Whether somebody is being asked to confirm a person.</summary>
    public static async Task<bool> IsConfirmationOpenAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM requests WHERE person_id = @person AND kind = 'confirmation' AND state = 'open'", new { person }) > 0;

    /// <returns>True once for each request.</returns>
    internal static async Task<bool> RemindAsync(Session session, string id, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE requests SET reminded_at = @now WHERE id = @id AND state = 'open' AND reminded_at IS NULL", new { id, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Nobody needs to know any more what it was about.</summary>
    public static Task ForgetDetailsAsync(Session session, string id) =>
        session.ExecuteAsync("UPDATE requests SET details = '{}' WHERE id = @id AND state <> 'open'", new { id });

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>A group is gone: so is what was asked about it.</summary>
    /// <returns>How many there were.</returns>
    internal static Task<int> ForgetAsync(Session session, GroupId group) =>
        session.ExecuteAsync("DELETE FROM requests WHERE details LIKE @mention", new { mention = $"%\"{group}\"%" });

    /// <summary>Who wait for an answer whether they become guardian of a person.</summary>
    internal static Task<IReadOnlyList<ParticipantId>> AskersAsync(Session session, PersonId person) =>
        session.QueryAsync<ParticipantId>("SELECT from_id FROM requests WHERE person_id = @person AND kind = 'guardian' AND state = 'open'", new { person });

    /// <summary>Who wait for an answer of somebody whether they become guardian.</summary>
    internal static Task<IReadOnlyList<ParticipantId>> AskersOfAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<ParticipantId>("SELECT from_id FROM requests WHERE to_id = @participant AND kind = 'guardian' AND state = 'open'", new { participant });

    /// <summary>What is open about a person ends, without the name and the consent that it was about.</summary>
    internal static Task EndAllAsync(Session session, PersonId person, DateTimeOffset now) => EndAllAsync(session, "person_id = @id", person.Value, now);

    /// <summary>What somebody asks, or is asked, ends likewise.</summary>
    internal static Task EndAllAsync(Session session, ParticipantId participant, DateTimeOffset now) =>
        EndAllAsync(session, "(to_id = @id OR from_id = @id)", participant.Value, now);

    private static Task<int> EndAllAsync(Session session, string which, string id, DateTimeOffset now) =>
        session.ExecuteAsync(
            $"UPDATE requests SET state = 'expired', ended_at = @now, details = '{{}}' WHERE state = 'open' AND {which}", new { id, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Requests that ended, with what they were about.</summary>
    internal static DueRows DueDetails { get; } = new("requests", "state <> 'open' AND details <> '{}' AND ended_at <= @before") { Change = "details = '{}'" };

    /// <summary>Requests that ended.</summary>
    internal static DueRows Due { get; } = new("requests", "state <> 'open' AND ended_at <= @before");

    /// <summary>One answer counts: the others are asked nothing any more.</summary>
    internal static Task<int> EndOthersAsync(Session session, Request answered, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE requests SET state = 'expired', details = '{}', ended_at = @now WHERE kind = @kind AND person_id = @person AND state = 'open' AND id <> @id",
            new { kind = NameOf(answered.Kind), person = answered.Person.Value, id = answered.Id, now = now.ToUnixTimeMilliseconds() });

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public long Number { get; init; }

        public string Kind { get; init; } = "";

        public PersonId PersonId { get; init; }

        public ParticipantId FromId { get; init; }

        public ParticipantId ToId { get; init; }

        public string State { get; init; } = "";

        public string Details { get; init; } = "";

        public long CreatedAt { get; init; }

        public Request ToRequest() => new(
            Id, (int)Number, Enum.Parse<RequestKind>(Kind, ignoreCase: true), PersonId, FromId, ToId, Enum.Parse<RequestState>(State, ignoreCase: true), Details,
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
    }
}
