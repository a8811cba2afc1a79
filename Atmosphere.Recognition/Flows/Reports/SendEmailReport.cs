using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Reports;

/// <summary>Addresses a report to the group's subscribers: one mail each.</summary>
internal sealed class SendEmailReport(TimeProvider clock) : IStep<ReportGenerated>
{
    public Task<Effects> HandleAsync(ReportGenerated message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change(async (session, outbox) =>
        {
            if (await ReportTable.FindAsync(session, message.Report) is not { } report)
                return;
            foreach (var subscriber in await SubscriberTable.ConfirmedAsync(session, report.Group, report.Kind))
            {
                if (await MailTable.AddAsync(session, subscriber, report.Id, clock.GetUtcNow()) is { } mail)
                    await outbox.SendAsync(session, new MailWaiting(mail));
            }
        }));
}
