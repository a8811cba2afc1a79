using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Participants approved as teachers by an operator: they may link groups.</summary>
public static class Teachers
{
    public static async Task<bool> IsOneAsync(Session session, ParticipantId participant) =>
        await session.QuerySingleOrDefaultAsync<long?>("SELECT teacher_since FROM participants WHERE id = @participant", new { participant }) is not null;

    /// <summary>Approves a participant; an earlier approval keeps its date.</summary>
    public static Task ApproveAsync(Session session, ParticipantId participant, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE participants SET teacher_since = COALESCE(teacher_since, @now) WHERE id = @participant",
            new { participant, now = now.ToUnixTimeMilliseconds() });

    /// <summary>
    /// Revokes the approval together with the teacher's unused group codes and open confirmations, which other teachers are then asked for.
    /// The teacher's groups stay.
    /// </summary>
    /// <returns>False if the participant is not a teacher.</returns>
    public static async Task<bool> RevokeAsync(Session session, ParticipantId participant, DateTimeOffset now)
    {
        await RequestTable.EndConfirmationsAsync(session, participant, now);
        await CodeTable.WithdrawUnusedAsync(session, CodeKind.Group, participant);
        await WithdrawalTable.AddAsync(session, WithdrawalKind.TeacherRevoked, participant.Value);
        return await session.ExecuteAsync(
            "UPDATE participants SET teacher_since = NULL WHERE id = @participant AND teacher_since IS NOT NULL", new { participant }) > 0;
    }

    public static async Task<IReadOnlyList<Teacher>> ListAsync(Session session) =>
        [.. (await session.QueryAsync<Row>(
            $"""
            SELECT p.id, p.address, p.teacher_since,
                (SELECT COUNT(*) FROM groups g WHERE g.teacher_id = p.id AND g.{Rules.GroupIsActive}) AS groups_linked
            FROM participants p WHERE p.teacher_since IS NOT NULL ORDER BY p.teacher_since, p.id
            """)).Select(row => new Teacher(row.Id, row.Address, DateTimeOffset.FromUnixTimeMilliseconds(row.TeacherSince), (int)row.GroupsLinked))];

    private sealed record Row
    {
        public ParticipantId Id { get; init; }

        public string Address { get; init; } = "";

        public long TeacherSince { get; init; }

        public long GroupsLinked { get; init; }
    }
}
