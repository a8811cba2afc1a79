using System.Net.Mail;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Reports;

/// <summary>The subscribers of reports by mail. An address gets none before the link of its confirmation mail was used.</summary>
public sealed class ReportSubscriptions
{
    private const int LongestAddress = 254;

    // Somebody who types another's address over and over must not fill that mailbox.
    private static readonly TimeSpan _askAgainAfter = TimeSpan.FromMinutes(10);

    private readonly IOutbox _outbox;
    private readonly TimeProvider _clock;

    internal ReportSubscriptions(IOutbox outbox, TimeProvider clock) => (_outbox, _clock) = (outbox, clock);

    /// <summary>Whether a text is one mail address, without a name.</summary>
    public static bool IsAddress(string text) =>
        text.Length <= LongestAddress && MailAddress.TryCreate(text.Trim(), out var address) && address.Address == text.Trim() && address.Host.Contains('.', StringComparison.Ordinal);

    /// <summary>Asks an address by mail whether it wants the reports of a group; changes the language and rhythm of one that has them.</summary>
    /// <param name="participant">The teacher whose address it is: names of children are sent to no other. Null: nobody whom the bot knows.</param>
    /// <returns>The subscriber; null if there is no such group, or it has ended.</returns>
    public async Task<ReportSubscriber?> AskAsync(
        Session session, GroupId group, string address, ParticipantId? participant, string language, ReportRhythm rhythm)
    {
        var now = _clock.GetUtcNow();
        if (await SubscriberTable.AskAsync(session, group, address, participant, language, rhythm, now) is not { } subscriber)
            return null;
        if (!subscriber.IsConfirmed && !(await MailTable.AskedAtAsync(session, subscriber.Id) > (now - _askAgainAfter).ToUnixTimeMilliseconds())
            && await MailTable.AddAsync(session, subscriber, null, now) is { } mail)
            await _outbox.SendAsync(session, new MailWaiting(mail));
        return subscriber;
    }

    /// <returns>False if the subscriber has left, or never answered in time.</returns>
    public async Task<bool> ConfirmAsync(Session session, SubscriberId subscriber) =>
        await SubscriberTable.ConfirmAsync(session, subscriber, _clock.GetUtcNow()) || await SubscriberTable.FindAsync(session, subscriber) is not null;

    /// <returns>False if the subscriber has left before.</returns>
    public static Task<bool> LeaveAsync(Session session, SubscriberId subscriber) => SubscriberTable.LeaveAsync(session, subscriber);

    /// <returns>Null if the subscriber has left.</returns>
    public static Task<ReportSubscriber?> FindAsync(Session session, SubscriberId subscriber) => SubscriberTable.FindAsync(session, subscriber);

    /// <returns>Null if the address gets no reports of the group, and was not asked.</returns>
    public static Task<ReportSubscriber?> FindAsync(Session session, GroupId group, string address) => SubscriberTable.FindAsync(session, group, address);

    /// <summary>The subscribers, of one group or participant only where they are given.</summary>
    public static Task<IReadOnlyList<ReportSubscriber>> ListAsync(Session session, GroupId? group = null, ParticipantId? participant = null) =>
        SubscriberTable.ListAsync(session, group, participant);
}
