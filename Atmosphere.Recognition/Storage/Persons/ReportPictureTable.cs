using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table report_pictures: guardians who agree that reports to the group's teacher show a small picture of their child.</summary>
internal static class ReportPictureTable
{
    /// <summary>Records the consent of a guardian; the participant must be one.</summary>
    /// <returns>False if the participant is no guardian of the person.</returns>
    public static async Task<bool> GiveAsync(Session session, PersonId person, ParticipantId guardian, Consent consent)
    {
        var added = await session.ExecuteAsync(
            """
            INSERT INTO report_pictures (person_id, participant_id, version, text, given_at)
            SELECT g.person_id, g.participant_id, @Version, @Text, @at FROM guardians g WHERE g.person_id = @person AND g.participant_id = @guardian
            ON CONFLICT (person_id, participant_id) DO UPDATE SET version = excluded.version, text = excluded.text, given_at = excluded.given_at
            """,
            new { person, guardian, consent.Version, consent.Text, at = consent.GivenAt.ToUnixTimeMilliseconds() });
        if (added == 0)
            return false;
        await WithdrawalTable.AddAsync(session, WithdrawalKind.ReportPictureGiven, guardian.Value, person.Value);
        await ConsentLedger.GiveAsync(session, person, guardian, consent);
        return true;
    }

    /// <summary>Ends the consent of a guardian, who stays one.</summary>
    public static async Task EndAsync(Session session, PersonId person, ParticipantId guardian, DateTimeOffset now)
    {
        await WithdrawalTable.AddAsync(session, WithdrawalKind.ReportPictureEnded, guardian.Value, person.Value);
        _ = await EndAsync(session, person, guardian, now.ToUnixTimeMilliseconds());
    }

    /// <summary>Ends a consent that existed at a time.</summary>
    /// <returns>False if there is none, or it was given later.</returns>
    public static async Task<bool> EndAsync(Session session, PersonId person, ParticipantId guardian, long at)
    {
        if (await session.ExecuteAsync(
            "DELETE FROM report_pictures WHERE person_id = @person AND participant_id = @guardian AND given_at <= @at", new { person, guardian, at }) == 0)
            return false;
        await ConsentLedger.WithdrawAsync(session, person, guardian, DateTimeOffset.FromUnixTimeMilliseconds(at), Consent.ReportPicture);
        return true;
    }

    /// <summary>The children for whom a guardian has agreed.</summary>
    public static async Task<IReadOnlySet<PersonId>> OfAsync(Session session, ParticipantId guardian) =>
        (await session.QueryAsync<PersonId>("SELECT person_id FROM report_pictures WHERE participant_id = @guardian", new { guardian })).ToHashSet();

    /// <summary>The learned faces of those children of a group whose guardians have all agreed.</summary>
    public static async Task<IReadOnlyDictionary<PersonId, MediaKey>> PortraitsAsync(Session session, GroupId group) =>
        (await session.QueryAsync<NamedPortrait>(
            $"""
            SELECT p.id, p.name, p.portrait FROM persons p
            WHERE p.group_id = @group AND p.state = 'connected' AND p.portrait IS NOT NULL
                AND EXISTS (SELECT 1 FROM guardians g WHERE g.person_id = p.id)
                AND NOT EXISTS (
                    SELECT 1 FROM guardians g WHERE g.person_id = p.id AND NOT EXISTS (
                        SELECT 1 FROM report_pictures r JOIN consents c ON c.person_id = r.person_id AND c.participant_id = r.participant_id AND c.{Rules.ConsentStands}
                        WHERE r.person_id = g.person_id AND r.participant_id = g.participant_id))
            """,
            new { group })).ToDictionary(portrait => portrait.Id, portrait => portrait.Portrait);
}
