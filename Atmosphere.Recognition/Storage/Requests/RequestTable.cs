using System.Security.Cryptography;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The kind of request that one user makes to another.</summary>
public enum RequestKind
{
    /// <summary>May the requester become a guardian of the person?</summary>
    Guardian,

    /// <summary>Does the registered person belong to the group?</summary>
    Confirmation,

    /// <summary>May the person be learned, and is it another child than the registered one that it looks like, if there is one?</summary>
    LookAlike,

    /// <summary>Is the face really the person's? Until the answer it is not learned.</summary>
    SameFace,

    /// <summary>Are the first faces that were matched with the person theirs? Until the answer nothing is delivered.</summary>
    FirstMatches,
}

public enum RequestState
{
    Open,
    Granted,
    Refused,

    /// <summary>Not answered in time.</summary>
    Expired,
}

/// <param name="Id">The same request always has the same id.</param>
/// <param name="Number">The number used in the answer, 1000 to 9999; unique among the open requests to <paramref name="To"/>.</param>
/// <param name="Kind">The kind of request.</param>
/// <param name="Person">Guardian: the registered person; confirmation: the one to confirm; look-alike: the one not learned yet; same face: whose it is said to be.</param>
/// <param name="From">The requester.</param>
/// <param name="To">The participant who decides.</param>
/// <param name="State">Open, or the decision.</param>
/// <param name="Details">JSON: data of the kind; {} after the requester has been told the decision.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Request(
    string Id, int Number, RequestKind Kind, PersonId Person, ParticipantId From, ParticipantId To, RequestState State, string Details, DateTimeOffset CreatedAt)
{
    /// <summary>Same face, look-alike, first matches: the held face.</summary>
    public FaceId? Face { get; init; }
}

/// <summary>The table requests.</summary>
public static class RequestTable
{
    private const string Columns = "SELECT id, number, kind, person_id, from_id, to_id, state, details, created_at, face_id FROM requests";

    /// <summary>The ids of a participant's own requests.</summary>
    public static Task<IReadOnlyList<string>> IdsFromAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<string>("SELECT id FROM requests WHERE from_id = @participant", new { participant });

    /// <param name="pending">The registration that was given up for the request.</param>
    /// <returns>False if the same request exists already, open or ended.</returns>
    public static async Task<bool> AddAsync(
        Session session, string id, RequestKind kind, PersonId person, ParticipantId from, ParticipantId to, string details, PersonId? pending, DateTimeOffset now,
        FaceId? face = null)
    {
        var taken = (await session.QueryAsync<long>("SELECT number FROM requests WHERE to_id = @to AND state = 'open'", new { to = to.Value })).ToHashSet();
        int number;
        do
            number = RandomNumberGenerator.GetInt32(1000, 10_000);
        while (taken.Contains(number));
        return await session.ExecuteAsync(
            """
            INSERT INTO requests (id, number, kind, person_id, from_id, to_id, state, details, pending_id, face_id, created_at)
            VALUES (@id, @number, @kind, @person, @from, @to, 'open', @details, @pending, @face, @now)
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
                face = face?.Value,
                now = now.ToUnixTimeMilliseconds(),
            }) > 0;
    }

    /// <returns>Null if there is none.</returns>
    public static async Task<Request?> FindAsync(Session session, string id) =>
        (await session.QuerySingleOrDefaultAsync<Row>($"{Columns} WHERE id = @id", new { id }))?.ToRequest();

    /// <summary>The request for which a registration was given up.</summary>
    public static async Task<Request?> OfPendingAsync(Session session, PersonId pending) =>
        (await session.QuerySingleOrDefaultAsync<Row>($"{Columns} WHERE pending_id = @pending", new { pending = pending.Value }))?.ToRequest();

    /// <summary>The open requests to a participant, oldest first.</summary>
    public static async Task<IReadOnlyList<Request>> OpenAsync(Session session, ParticipantId to) =>
        [.. (await session.QueryAsync<Row>($"{Columns} WHERE to_id = @to AND state = 'open' ORDER BY created_at, id", new { to = to.Value })).Select(row => row.ToRequest())];

    /// <summary>The open requests of a kind made before a time, oldest first.</summary>
    internal static async Task<IReadOnlyList<Request>> OpenUntilAsync(Session session, RequestKind kind, DateTimeOffset until) =>
        [.. (await session.QueryAsync<Row>(
            $"{Columns} WHERE state = 'open' AND kind = @kind AND created_at <= @until ORDER BY created_at, id",
            new { kind = NameOf(kind), until = until.ToUnixTimeMilliseconds() })).Select(row => row.ToRequest())];

    /// <returns>False if it had ended already.</returns>
    internal static async Task<bool> EndAsync(Session session, string id, RequestState state, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE requests SET state = @state, ended_at = @now WHERE id = @id AND state = 'open'",
            new { id, state = NameOf(state), now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Whether the parent has still to be told that a registration was refused: then its details are kept.</summary>
    internal static async Task<bool> IsRefusalUntoldAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM requests
            WHERE person_id = @person AND state = 'refused' AND details <> '{}' AND (kind = 'confirmation' OR from_id = to_id)
            """,
            new { person }) > 0;

    /// <summary>Ends the confirmation requests to a participant who is no longer a teacher.</summary>
    internal static Task<int> EndConfirmationsAsync(Session session, ParticipantId to, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE requests SET state = 'expired', details = '{}', ended_at = @now WHERE kind = 'confirmation' AND to_id = @to AND state = 'open'",
            new { to, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Ends confirmation requests to participants who may no longer confirm, for example because they left the group.</summary>
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

    /// <summary>Whether a confirmation of the person has been requested and is open.</summary>
    public static async Task<bool> IsConfirmationOpenAsync(Session session, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM requests WHERE person_id = @person AND kind = 'confirmation' AND state = 'open'", new { person }) > 0;

    /// <returns>True once for each request.</returns>
    internal static async Task<bool> RemindAsync(Session session, string id, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE requests SET reminded_at = @now WHERE id = @id AND state = 'open' AND reminded_at IS NULL", new { id, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Clears the details of an ended request.</summary>
    public static Task ForgetDetailsAsync(Session session, string id) =>
        session.ExecuteAsync("UPDATE requests SET details = '{}' WHERE id = @id AND state <> 'open'", new { id });

    /// <summary>The participant's last decision about a registration under that number.</summary>
    internal static async Task<Request?> DecidedAsync(Session session, ParticipantId to, int number) =>
        (await session.QueryAsync<Row>(
            $"{Columns} WHERE to_id = @to AND number = @number AND kind = 'lookalike' AND state IN ('granted', 'refused') ORDER BY ended_at DESC",
            new { to, number })) is [var last, ..] ? last.ToRequest() : null;

    /// <summary>The refusal was undone. The request stays ended if another open one has its number by now.</summary>
    internal static Task<int> ReopenAsync(Session session, string id) =>
        session.ExecuteAsync(
            """
            UPDATE requests SET state = 'open', ended_at = NULL WHERE id = @id AND state = 'refused' AND NOT EXISTS (
                SELECT 1 FROM requests o WHERE o.to_id = requests.to_id AND o.number = requests.number AND o.state = 'open')
            """,
            new { id });

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>Deletes the requests about a group.</summary>
    /// <returns>The number of deleted requests.</returns>
    internal static Task<int> ForgetAsync(Session session, GroupId group) =>
        session.ExecuteAsync("DELETE FROM requests WHERE details LIKE @mention", new { mention = $"%\"{group}\"%" });

    /// <summary>The participants who have asked to become guardian of a person.</summary>
    internal static Task<IReadOnlyList<ParticipantId>> AskersAsync(Session session, PersonId person) =>
        session.QueryAsync<ParticipantId>("SELECT from_id FROM requests WHERE person_id = @person AND kind = 'guardian' AND state = 'open'", new { person });

    /// <summary>The participants who have asked a given participant to become guardian.</summary>
    internal static Task<IReadOnlyList<ParticipantId>> AskersOfAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<ParticipantId>("SELECT from_id FROM requests WHERE to_id = @participant AND kind = 'guardian' AND state = 'open'", new { participant });

    /// <summary>Ends the open requests about a person and clears their details.</summary>
    internal static Task EndAllAsync(Session session, PersonId person, DateTimeOffset now) => EndAllAsync(session, "person_id = @id", person.Value, now);

    /// <summary>Ends the open requests from and to a participant and clears their details.</summary>
    internal static Task EndAllAsync(Session session, ParticipantId participant, DateTimeOffset now) =>
        EndAllAsync(session, "(to_id = @id OR from_id = @id)", participant.Value, now);

    private static Task<int> EndAllAsync(Session session, string which, string id, DateTimeOffset now) =>
        session.ExecuteAsync(
            $"UPDATE requests SET state = 'expired', ended_at = @now, details = '{{}}' WHERE state = 'open' AND {which}", new { id, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Ended requests whose details are not cleared yet.</summary>
    internal static DueRows DueDetails { get; } = new("requests", "state <> 'open' AND details <> '{}' AND ended_at <= @before") { Change = "details = '{}'" };

    /// <summary>Ended requests.</summary>
    internal static DueRows Due { get; } = new("requests", "state <> 'open' AND ended_at <= @before");

    /// <summary>Nobody is asked any more about a face.</summary>
    internal static Task<int> EndAboutAsync(Session session, FaceId face, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE requests SET state = 'expired', ended_at = @now WHERE face_id = @face AND state = 'open'", new { face, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Ends the copies of an answered request that were sent to other participants.</summary>
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

        public FaceId? FaceId { get; init; }

        public Request ToRequest() => new(
            Id, (int)Number, Enum.Parse<RequestKind>(Kind, ignoreCase: true), PersonId, FromId, ToId, Enum.Parse<RequestState>(State, ignoreCase: true), Details,
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt))
        {
            Face = FaceId,
        };
    }
}
