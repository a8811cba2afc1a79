using System.Collections.Concurrent;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Reports;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.Mail;

/// <summary>Mail is one subscription of the topic of reports: another one gets each report, too, whether mails are sent or not.</summary>
public sealed class OthersSubscribeToReports
{
    private static readonly FlowTable _displays = new("displays", [StepRow.Subscribe<ShowReport, ReportGenerated>("atmosphere-reports", [])]);

    [Fact]
    public async Task A_step_of_another_flow_gets_each_report_once()
    {
        var shown = new ConcurrentQueue<ReportGenerated>();
        await using var bot = await BotServer.StartAsync(services => services.AddSingleton(shown).AddFlow(_displays));
        await MailRoom.FillAsync(bot.Services.GetRequiredService<Database>());
        var reports = bot.Services.GetRequiredService<OperatorReports>();

        var report = await reports.GenerateAsync(new GroupId("class"), ReportPeriod.Week, MailRoom.Sunday.AddDays(7));
        _ = await reports.GenerateAsync(new GroupId("class"), ReportPeriod.Week, MailRoom.Sunday.AddDays(7));
        var before = await reports.GenerateAsync(new GroupId("class"), ReportPeriod.Week, MailRoom.Sunday);

        await Eventually.TrueAsync(() => Task.FromResult(shown.Count >= 2), "both reports are shown");
        Assert.Equal(new[] { report!.Id, before!.Id }.ToHashSet(), shown.Select(one => one.Report).ToHashSet());
        Assert.Equal(2, shown.Count);
    }

    private sealed class ShowReport(ConcurrentQueue<ReportGenerated> shown) : IStep<ReportGenerated>
    {
        public Task<Effects> HandleAsync(ReportGenerated message, CancellationToken cancellation)
        {
            shown.Enqueue(message);
            return Task.FromResult(Effects.None);
        }
    }
}
