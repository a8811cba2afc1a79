using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Checks a voter's membership with Slack, then records the vote or sends a refusal.</summary>
internal sealed class TakeSlackClick(Database database, ChannelMembers members, TagVotes votes, SlackInbox inbox, ILogger<TakeSlackClick> log)
    : IStep<SlackClicked>, IOnExhausted<SlackClicked>
{
    public async Task<Effects> HandleAsync(SlackClicked message, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => SlackInbox.FindAsync(session, message.Request), cancellation) is not { } request
            || TagActions.Read(request.Action, request.Block, request.Value) is not { } tag)
        {
            return Effects.None;
        }

        var member = await AskAsync(request.User, cancellation);
        return Effects.None.Change(async session =>
        {
            if (!await inbox.CloseAsync(session, message.Request))
                return;
            if (member.IsMember)
                await votes.TakeAsync(session, tag, request);
            else if (member.Standing != Standing.Nobody)
                await inbox.AnswerAsync(session, request, member.Refusal);
        });
    }

    public Effects Exhausted(SlackClicked message, Exception reason) => Effects.None.Change(async session =>
    {
        if (await SlackInbox.FindAsync(session, message.Request) is { } request && await inbox.CloseAsync(session, message.Request))
            await inbox.AnswerAsync(session, request, "slack-answers.not-taken");
    });

    private async Task<SlackMember> AskAsync(string user, CancellationToken cancellation)
    {
        try
        {
            return await members.AskAsync(user, cancellation);
        }
        catch (SlackRefusesException refusal)
        {
            log.LogWarning("Nobody's vote can be taken while Slack does not say who belongs to the channel: {Reason}", refusal.Message);
            throw;
        }
    }
}
