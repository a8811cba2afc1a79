using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <param name="Code">Hash of the code, see <see cref="CodeTable.HashOf"/>.</param>
/// <param name="Group">The group that the guardian joins.</param>
/// <param name="Question">The question that is answered once the person is learned.</param>
/// <param name="Voter">The inviting colleague: slack:ID or participant:ID.</param>
/// <param name="At">When the invitation was made.</param>
public sealed record OpenInvitation(string Code, GroupId Group, QuestionId Question, string Voter, DateTimeOffset At);

/// <summary>Links invitations to the questions that the invited guardian's child answers. Rows live a while longer than the code.</summary>
public static class InvitationTable
{
    public static Task AddAsync(Session session, OpenInvitation invitation) =>
        session.ExecuteAsync(
            "INSERT INTO invitations (code_hash, group_id, question_id, voter, created_at) VALUES (@Code, @Group, @Question, @Voter, @at)",
            new { invitation.Code, invitation.Group, invitation.Question, invitation.Voter, at = invitation.At.ToUnixTimeMilliseconds() });

    /// <summary>Whether no person has been registered with the invitation yet.</summary>
    public static async Task<bool> IsOpenAsync(Session session, string code) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM invitations WHERE code_hash = @code AND person_id IS NULL", new { code }) > 0;

    /// <summary>Records the person that the guardian registered in the group. A repeated call or a second person changes nothing.</summary>
    public static Task RegisteredAsync(Session session, string code, PersonId person, GroupId group) =>
        session.ExecuteAsync(
            "UPDATE invitations SET person_id = @person WHERE code_hash = @code AND group_id = @group AND person_id IS NULL", new { code, person, group });

    /// <summary>The questions that a person answers.</summary>
    public static async Task<IReadOnlyList<OpenInvitation>> OfAsync(Session session, PersonId person) =>
        [.. (await session.QueryAsync<Row>(
            "SELECT code_hash, group_id, question_id, voter, created_at FROM invitations WHERE person_id = @person ORDER BY created_at, code_hash", new { person }))
            .Select(row => new OpenInvitation(row.CodeHash, row.GroupId, row.QuestionId, row.Voter, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt)))];

    public static Task DeleteAsync(Session session, string code) => session.ExecuteAsync("DELETE FROM invitations WHERE code_hash = @code", new { code });

    /// <summary>Deletes the invitations that a participant made or used.</summary>
    /// <returns>The number of deleted invitations.</returns>
    internal static Task<int> ForgetAsync(Session session, string voter, ParticipantId participant) =>
        session.ExecuteAsync(
            "DELETE FROM invitations WHERE voter = @voter OR code_hash IN (SELECT hash FROM codes WHERE used_by = @participant)", new { voter, participant });

    /// <summary>Invitations that were never used, or used without a person being learned.</summary>
    internal static DueRows Due { get; } = new("invitations", "created_at <= @before");

    private sealed record Row
    {
        public string CodeHash { get; init; } = "";

        public GroupId GroupId { get; init; }

        public QuestionId QuestionId { get; init; }

        public string Voter { get; init; } = "";

        public long CreatedAt { get; init; }
    }
}
