using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Reports;

/// <summary>
/// Sends one mail. A mail server has no transactions: 'sending' is committed after the connection stands and before the mail is handed over.
/// A mail found in that state may have arrived, so it is never sent again unless an operator says so.
/// </summary>
internal sealed class SendMail(Database database, IMail mail, IMailTexts texts, TimeProvider clock) : IStep<MailWaiting>, IOnExhausted<MailWaiting>
{
    private const string Open = "A report by mail failed, or nobody knows whether it arrived: 'reports mails' lists it, 'reports resend' and 'reports drop' decide.";
    private const string Interrupted = "The program ended while it handed the mail to the server. Nobody knows whether the server has it.";

    public async Task<Effects> HandleAsync(MailWaiting message, CancellationToken cancellation)
    {
        var draft = await database.ReadAsync(session => DraftAsync(session, message.Mail), cancellation);
        if (draft is null)
            return new Effects().Change((session, outbox) => NotSentAsync(session, outbox, message.Mail));

        var written = await texts.WriteAsync(draft, cancellation);
        await using var line = await mail.ConnectAsync(cancellation);
        if (!await database.WriteAsync(session => BeginAsync(session, message.Mail, draft), cancellation))
            return new Effects().Change((session, outbox) => NotSentAsync(session, outbox, message.Mail));

        // Not cancelled when the program stops: it would not be known any more whether the server has the mail.
        var answer = await line.SendAsync(written, CancellationToken.None);
        switch (answer.Verdict)
        {
            case MailVerdict.Accepted:
                return End(message.Mail, MailState.Sent);
            case MailVerdict.Unknown:
                return End(message.Mail, MailState.Unknown, answer.Words);
            case MailVerdict.Later:
                _ = await MoveAsync(message.Mail, MailState.Sending, MailState.Waiting, answer.Words);
                throw new TryLaterException($"The mail server does not take the mail yet: {answer.Words}", TimeSpan.Zero);
            default:
                _ = await MoveAsync(message.Mail, MailState.Sending, MailState.Waiting, answer.Words);
                throw new HopelessException($"The mail server refuses the mail: {answer.Words}");
        }
    }

    public Effects Exhausted(MailWaiting message, Exception reason) =>
        new Effects().Change(session => EndAsync(session, message.Mail, MailState.Waiting, MailState.Failed, reason.Message));

    /// <returns>Null if the mail is not to be sent: it was before, or the subscriber has left.</returns>
    private static async Task<MailDraft?> DraftAsync(Session session, MailId id)
    {
        if (await MailTable.FindAsync(session, id) is not { State: MailState.Waiting } row
            || await SubscriberTable.FindAsync(session, row.SubscriberId) is not { } subscriber
            || await GroupTable.ActiveNameAsync(session, row.GroupId) is not { } group)
            return null;
        if (row.ReportId is not { } reportId)
            return subscriber.IsConfirmed ? null : new MailDraft(id, subscriber, group, null, null, row.CreatedAt);
        if (!subscriber.IsConfirmed || await ReportTable.FindAsync(session, reportId) is not { } report)
            return null;

        // Names are for the group's teacher only, and as they are now: somebody may have been removed since.
        var isTeacher = subscriber.Participant is { } teacher && await Memberships.MayConfirmAsync(session, row.GroupId, teacher);
        return new MailDraft(id, subscriber, group, report, isTeacher ? await NamesAsync(session, report) : null, row.CreatedAt);
    }

    private static async Task<ReportNames> NamesAsync(Session session, Report report)
    {
        var span = ReportCalendar.SpanOf(report.FirstDay, report.EndDay, ReportCalendar.ZoneOf(report.TimeZone));
        var children = await ReportCounts.ChildrenAsync(session, report.Group, span);
        var helpers = await ReportCounts.HelpersAsync(session, report.Group, span);
        var portraits = await ReportPictureTable.PortraitsAsync(session, report.Group);
        return new ReportNames(
            [.. children.Where(child => child.IsSeen).Select(child => child.Name)],
            [.. children.Where(child => !child.IsSeen).Select(child => child.Name)],
            [.. helpers.OfType<string>()],
            [.. children.Where(child => child.IsSeen && portraits.ContainsKey(child.Id)).Select(child => new ReportFace(child.Name, portraits[child.Id]))]);
    }

    /// <summary>The right to send is checked again, with the change.</summary>
    /// <returns>False if it is not to be sent any more.</returns>
    private async Task<bool> BeginAsync(Session session, MailId id, MailDraft draft) =>
        await DraftAsync(session, id) is { } now && now.Names == draft.Names && await MailTable.MoveAsync(session, id, MailState.Waiting, MailState.Sending, null, clock.GetUtcNow());

    /// <summary>A mail that somebody may still have is written anew: names or faces changed since it was written.</summary>
    private async Task NotSentAsync(Session session, IOutbox outbox, MailId id)
    {
        await EndAsync(session, id, MailState.Sending, MailState.Unknown, Interrupted);
        if (await DraftAsync(session, id) is not null)
            await outbox.SendAsync(session, new MailWaiting(id));
        else
            _ = await MailTable.MoveAsync(session, id, MailState.Waiting, MailState.Withheld, null, clock.GetUtcNow());
    }

    private Effects End(MailId id, MailState state, string? words = null) => new Effects().Change(session => EndAsync(session, id, MailState.Sending, state, words));

    private async Task EndAsync(Session session, MailId id, MailState from, MailState to, string? words)
    {
        var now = clock.GetUtcNow();
        if (await MailTable.MoveAsync(session, id, from, to, words, now) && to != MailState.Sent && await MailTable.FindAsync(session, id) is { } mail)
            await Notifications.AddDailyAsync(session, NotificationKind.MailOpen, mail.GroupId, Open, now);
    }

    private Task<bool> MoveAsync(MailId id, MailState from, MailState to, string words) =>
        database.WriteAsync(session => MailTable.MoveAsync(session, id, from, to, words, clock.GetUtcNow()), CancellationToken.None);
}
