using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Reports;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Reports;

/// <summary>A teacher asks for weekly reports by mail: "report ana@example.org", "report", "report stop".</summary>
internal sealed class ReportConversation(Database database, ReportSubscriptions subscriptions, IMail mail) : IConversation
{
    private const int LongestShown = 100;

    public string Name => "reports";

    public bool Begins(Turn turn) => turn.Word == Word.Report || turn.Split(Word.Report) is not null;

    public bool Interrupts(Turn turn) => turn.IsAside && turn.Files.Count == 0 && Begins(turn);

    public bool AsksAgain => true;

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var (groups, mine) = await database.ReadAsync(
            async session => (await Memberships.TaughtByAsync(session, turn.Participant.Id), await ReportSubscriptions.ListAsync(session, participant: turn.Participant.Id)), cancellation);
        var after = turn.Split(Word.Report)?.After.Trim();
        if (after is not null && turn.WordOf(after) == Word.Stop)
            Stop(turn, mine);
        else if (groups.Count == 0)
            turn.Speech.Say("reports.only-teachers");
        else if (!mail.Connected)
            turn.Speech.Say("reports.no-mail");
        else if (after is null)
            turn.Speech.Say(mine.Any(one => one.IsConfirmed) ? "reports.running" : "reports.how", ("groups", Names(groups, mine)));
        else if (!ReportSubscriptions.IsAddress(after))
            turn.Speech.Say("reports.not-an-address", ("address", after.Length > LongestShown ? after[..LongestShown] : after));
        else
            Ask(turn, groups, after);
    }

    private void Ask(Turn turn, IReadOnlyList<Membership> groups, string address)
    {
        var (participant, language) = (turn.Participant.Id, turn.Language.Code);
        turn.Change(async (session, _) =>
        {
            foreach (var group in groups)
                await subscriptions.AskAsync(session, group.Group, address, participant, language, ReportRhythm.Week);
        });
        turn.Speech.Say("reports.asked", ("address", address), ("groups", string.Join(", ", groups.Select(group => group.Name))));
    }

    private static void Stop(Turn turn, IReadOnlyList<ReportSubscriber> mine)
    {
        foreach (var subscriber in mine)
            turn.Change((session, _) => ReportSubscriptions.LeaveAsync(session, subscriber.Id));
        turn.Speech.Say("reports.stopped");
    }

    private static string Names(IReadOnlyList<Membership> groups, IReadOnlyList<ReportSubscriber> mine)
    {
        var confirmed = mine.Where(one => one.IsConfirmed).Select(one => one.Group).ToHashSet();
        return string.Join(", ", groups.Where(group => confirmed.Count == 0 || confirmed.Contains(group.Group)).Select(group => group.Name));
    }
}
