using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>
/// Withdraws the rights that, according to the log, were lost after this copy of the database was made, unless given again later.
/// </summary>
internal static class WithdrawnBefore
{
    /// <param name="lines">Oldest first.</param>
    /// <returns>The number of withdrawn rights.</returns>
    public static async Task<int> ApplyAsync(Session session, IOutbox outbox, IReadOnlyCollection<Withdrawal> lines)
    {
        var taken = 0;
        foreach (var last in lines.GroupBy(line => (WithdrawalKind.FamilyOf(line.Kind), line.Of, line.From)).Select(same => same.Last()))
            taken += await ApplyAsync(session, outbox, last) ? 1 : 0;
        return taken;
    }

    /// <returns>True if the right existed.</returns>
    private static Task<bool> ApplyAsync(Session session, IOutbox outbox, Withdrawal line) => line switch
    {
        { Kind: WithdrawalKind.Stopped } => ParticipantTable.StopAsync(session, new ParticipantId(line.Of), line.At),
        { Kind: WithdrawalKind.Paused } => ParticipantTable.PauseAsync(session, new ParticipantId(line.Of), line.At),
        { Kind: WithdrawalKind.TeacherRevoked } => ParticipantTable.RevokeAsync(session, new ParticipantId(line.Of), line.At),
        { Kind: WithdrawalKind.StationDisabled } => Stations.DisableAsync(session, new ClientId(line.Of), line.At),
        { Kind: WithdrawalKind.GuardianGone, From: { } person } => Guardianships.EndAsync(session, new PersonId(person), new ParticipantId(line.Of), line.At),
        { Kind: WithdrawalKind.ReportPictureEnded, From: { } pictured } =>
            ReportPictureTable.EndAsync(session, new PersonId(pictured), new ParticipantId(line.Of), line.At),
        { Kind: WithdrawalKind.NotThisPerson, From: { } person } => VoteTable.DenyAgainAsync(session, new FaceId(line.Of), new PersonId(person), line.At),
        { Kind: WithdrawalKind.MemberGone, From: { } group } => LeaveAsync(session, new GroupId(group), line),
        { Kind: WithdrawalKind.Unsubscribed } => SubscriberTable.LeftBeforeAsync(session, new SubscriberId(line.Of)),
        { Kind: WithdrawalKind.PhotoWithdrawn, From: { } group } =>
            PhotoWithdrawals.MarkAsync(session, outbox, new GroupId(group), line.Of, DateTimeOffset.FromUnixTimeMilliseconds(line.At)),
        { Kind: WithdrawalKind.CodeSpent } => SpendAsync(session, line),
        _ => Task.FromResult(false),
    };

    private static async Task<bool> LeaveAsync(Session session, GroupId group, Withdrawal line)
    {
        // The hash of an address is keyed already.
        var gone = (await GroupMembers.HashesAsync(session, group, line.At)).Where(hash => hash == line.Of).ToList();
        await GroupMembers.LeaveAsync(session, group, gone, DateTimeOffset.FromUnixTimeMilliseconds(line.At));
        return gone.Count > 0;
    }

    private static async Task<bool> SpendAsync(Session session, Withdrawal line)
    {
        // The hash of a code is keyed already, too.
        var spent = (await CodeTable.UnusedAsync(session, line.At)).Where(hash => hash == line.Of).ToList();
        foreach (var hash in spent)
            _ = await CodeTable.SpendAsync(session, hash, line.At);
        return spent.Count > 0;
    }
}
