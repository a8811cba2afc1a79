using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <param name="Code">Hash of the code, see <see cref="CodeTable.HashOf"/>.</param>
/// <param name="Group">Whose member the guardian becomes.</param>
/// <param name="Question">What is answered when the person is learned.</param>
/// <param name="Voter">slack:ID or participant:ID: who invited.</param>
/// <param name="At">When.</param>
public sealed record OpenInvitation(string Code, GroupId Group, QuestionId Question, string Voter, DateTimeOffset At);

/// <summary>Which question an invited guardian's child answers. The row lives until then, or as long as the code and a while.</summary>
public static class InvitationTable
{
    public static Task AddAsync(Session session, OpenInvitation invitation) =>
        session.ExecuteAsync(
            "INSERT INTO invitations (code_hash, group_id, question_id, voter, created_at) VALUES (@Code, @Group, @Question, @Voter, @at)",
            new { invitation.Code, invitation.Group, invitation.Question, invitation.Voter, at = invitation.At.ToUnixTimeMilliseconds() });

    /// <summary>Whether nobody is registered by it yet.</summary>
    public static async Task<bool> IsOpenAsync(Session session, string code) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM invitations WHERE code_hash = @code AND person_id IS NULL", new { code }) > 0;

    /// <summary>The guardian registered somebody in the group; the same again changes nothing, and somebody else is not counted.</summary>
    public static Task RegisteredAsync(Session session, string code, PersonId person, GroupId group) =>
        session.ExecuteAsync(
            "UPDATE invitations SET person_id = @person WHERE code_hash = @code AND group_id = @group AND person_id IS NULL", new { code, person, group });

    /// <summary>What a person answers.</summary>
    public static async Task<IReadOnlyList<OpenInvitation>> OfAsync(Session session, PersonId person) =>
        [.. (await session.QueryAsync<Row>(
            "SELECT code_hash, group_id, question_id, voter, created_at FROM invitations WHERE person_id = @person ORDER BY created_at, code_hash", new { person }))
            .Select(row => new OpenInvitation(row.CodeHash, row.GroupId, row.QuestionId, row.Voter, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt)))];

    public static Task DeleteAsync(Session session, string code) => session.ExecuteAsync("DELETE FROM invitations WHERE code_hash = @code", new { code });

    /// <summary>Somebody is forgotten: so are their invitations, and those that they followed.</summary>
    /// <returns>How many there were.</returns>
    internal static Task<int> ForgetAsync(Session session, string voter, ParticipantId participant) =>
        session.ExecuteAsync(
            "DELETE FROM invitations WHERE voter = @voter OR code_hash IN (SELECT hash FROM codes WHERE used_by = @participant)", new { voter, participant });

    /// <summary>Invitations that nobody followed; and those that were followed but never answered, because nothing was learned.</summary>
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
