using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table participants, as used by erasure, opt-out and export.</summary>
internal static class ParticipantTable
{
    /// <summary>Whether a participant is being erased, so that nothing new of theirs is stored.</summary>
    public static async Task<bool> IsForgottenAsync(Session session, ParticipantId participant) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM participants WHERE id = @participant AND forgetting_at IS NOT NULL", new { participant }) > 0;

    /// <summary>Starts the erasure of a participant.</summary>
    /// <returns>False if it was started before or the participant is gone.</returns>
    public static async Task<bool> BeginForgettingAsync(Session session, ParticipantId participant, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE participants SET forgetting_at = @at WHERE id = @participant AND forgetting_at IS NULL",
            new { participant, at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Whether any data of the participant exists beside the address.</summary>
    public static async Task<bool> IsThereAsync(Session session, ParticipantId participant) =>
        await session.QuerySingleOrDefaultAsync<string>(
            "SELECT id FROM participants WHERE id = @participant AND forgotten_at IS NULL", new { participant }) is not null;

    /// <summary>Clears all data of the participant except the address.</summary>
    /// <returns>False if that was done before.</returns>
    public static async Task<bool> ForgetAsync(Session session, ParticipantId participant) =>
        await session.ExecuteAsync(
            "UPDATE participants SET forgotten_at = forgetting_at, teacher_since = NULL WHERE id = @participant AND forgotten_at IS NULL", new { participant }) > 0;

    /// <returns>False if the participant is gone.</returns>
    public static async Task<bool> DeleteAsync(Session session, ParticipantId participant) =>
        await session.ExecuteAsync("DELETE FROM participants WHERE id = @participant", new { participant }) > 0;

    /// <summary>Whether an erased participant exists again, for example after restoring a backup, and is not being erased.</summary>
    public static async Task<bool> IsBackAsync(Session session, string id, long erasedAt) =>
        await session.QuerySingleOrDefaultAsync<string>(
            "SELECT id FROM participants WHERE id = @id AND created_at <= @erasedAt AND forgetting_at IS NULL", new { id, erasedAt }) is not null;

    /// <summary>Members of a group who have no other group, no person, and no approval as a teacher.</summary>
    public static Task<IReadOnlyList<ParticipantId>> OnlyInAsync(Session session, GroupId group) =>
        session.QueryAsync<ParticipantId>(
            """
            SELECT p.participant_id FROM group_participants p JOIN participants t ON t.id = p.participant_id
            WHERE p.group_id = @group AND t.teacher_since IS NULL
                AND NOT EXISTS (SELECT 1 FROM group_participants o WHERE o.participant_id = p.participant_id AND o.group_id <> @group)
                AND NOT EXISTS (SELECT 1 FROM guardians g WHERE g.participant_id = p.participant_id)
            """,
            new { group });

    /// <summary>Records that a participant opted out.</summary>
    public static async Task StopAsync(Session session, ParticipantId participant, DateTimeOffset now)
    {
        await WithdrawalTable.AddAsync(session, WithdrawalKind.Stopped, participant.Value);
        _ = await StopAsync(session, participant, now.ToUnixTimeMilliseconds());
    }

    /// <returns>False if they had opted out before.</returns>
    public static async Task<bool> StopAsync(Session session, ParticipantId participant, long at) =>
        await session.ExecuteAsync("UPDATE participants SET stopped_at = @at WHERE id = @participant AND stopped_at IS NULL", new { participant, at }) > 0;

    /// <summary>Records that a participant opted in again.</summary>
    public static async Task StartAsync(Session session, ParticipantId participant)
    {
        await WithdrawalTable.AddAsync(session, WithdrawalKind.Started, participant.Value);
        _ = await session.ExecuteAsync("UPDATE participants SET stopped_at = NULL WHERE id = @participant", new { participant });
    }

    /// <summary>Pauses a participant's photos until they resume.</summary>
    public static async Task PauseAsync(Session session, ParticipantId participant, DateTimeOffset now)
    {
        await WithdrawalTable.AddAsync(session, WithdrawalKind.Paused, participant.Value);
        _ = await PauseAsync(session, participant, now.ToUnixTimeMilliseconds());
    }

    /// <returns>False if they were paused before.</returns>
    public static async Task<bool> PauseAsync(Session session, ParticipantId participant, long at) =>
        await session.ExecuteAsync("UPDATE participants SET paused_at = @at WHERE id = @participant AND paused_at IS NULL", new { participant, at }) > 0;

    public static async Task ResumeAsync(Session session, ParticipantId participant)
    {
        await WithdrawalTable.AddAsync(session, WithdrawalKind.Resumed, participant.Value);
        _ = await session.ExecuteAsync("UPDATE participants SET paused_at = NULL WHERE id = @participant", new { participant });
    }

    /// <summary>Revokes the approval of a participant who was a teacher at a time.</summary>
    public static async Task<bool> RevokeAsync(Session session, ParticipantId participant, long at) =>
        await session.ExecuteAsync("UPDATE participants SET teacher_since = NULL WHERE id = @participant AND teacher_since <= @at", new { participant, at }) > 0;

    /// <param name="daily">True: one album in the evening; false: photos at once.</param>
    public static Task WantAlbumAsync(Session session, ParticipantId participant, bool daily) =>
        session.ExecuteAsync("UPDATE participants SET album = @album WHERE id = @participant", new { participant, album = daily ? "daily" : "instant" });

    /// <summary>Whether the participant exists and has received no export since a time.</summary>
    public static async Task<bool> MayExportAsync(Session session, ParticipantId participant, DateTimeOffset since) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM participants WHERE id = @participant AND (exported_at IS NULL OR exported_at <= @since)",
            new { participant, since = since.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Records that the participant received an export.</summary>
    public static Task ExportedAsync(Session session, ParticipantId participant, DateTimeOffset now) =>
        session.ExecuteAsync("UPDATE participants SET exported_at = @now WHERE id = @participant", new { participant, now = now.ToUnixTimeMilliseconds() });
}
