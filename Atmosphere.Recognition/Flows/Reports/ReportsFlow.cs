using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Settings;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Reports;

/// <summary>The flow that reports on groups, and sends the reports by mail.</summary>
public static class ReportsFlow
{
    private const string Topic = "atmosphere-reports";

    // The next run is the retry.
    private static readonly RetryPolicy _once = new(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    // Greylisting and full mailboxes: 16 attempts within about eight hours.
    private static readonly RetryPolicy _sending = new(16, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));

    public static FlowTable Table { get; } = new("reports",
    [
        StepRow.Of<GenerateReport, Messages.GenerateReport>("report-times", [typeof(ReportGenerated)], _once, exhausted: "the next round"),
        StepRow.Subscribe<SendEmailReport, ReportGenerated>(Topic, [typeof(MailWaiting)]) with
        {
            Wanted = services => services.GetRequiredService<IMail>().Connected,
        },
        StepRow.Of<SendMail, MailWaiting>("mails", [typeof(MailWaiting)], _sending, exhausted: "mail failed, dead letter"),
    ])
    {
        Timers = [TimerRow.Of("reports", "*/5 * * * *", "UTC", due => new Messages.GenerateReport(due))],
    };

    /// <summary>
    /// Adds reports; needs an <see cref="IMailTexts"/> to send them. Settings in section <c>Atmosphere:Reports</c>.
    /// </summary>
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddCheckedOptions<ReportsOptions>(ReportsOptions.Section);
        services.AddSingleton<ReportMaker>();
        services.AddSingleton(provider => new OperatorReports(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<ReportMaker>(), provider.GetRequiredService<IOutbox>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ReportSubscriptions(provider.GetRequiredService<IOutbox>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddFlow(Table);
    }
}
