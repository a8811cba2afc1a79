using System.Text.Json;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Handles clicks: votes of known members are recorded at once, everything else is queued.</summary>
internal sealed class SlackWebhook(Database database, SlackInbox inbox, ChannelMembers members, TagVotes votes, HomePages homes, ILogger<SlackWebhook> log)
{
    /// <param name="payload">A payload of type block_actions.</param>
    public async Task TakeAsync(JsonElement payload)
    {
        foreach (var click in Click.Read(payload))
        {
            var tag = TagActions.Read(click.Request.Action, click.Request.Block, click.Request.Value);
            var home = HomeActions.Read(click.Request.Action, click.Request.Value);
            if (tag is null && home is null)
                log.LogDebug("A click is ignored: nothing of ours is called so, or its value is none of ours");
            else
                await database.WriteAsync(session => TakeAsync(session, click, tag, home), CancellationToken.None);
        }
    }

    private async Task TakeAsync(Session session, Click click, TagAction? tag, HomeAction? home)
    {
        if (home is { Page: { } page })
        {
            if (await inbox.RememberAsync(session, click.Source, click.Request.User))
                await homes.OpenAsync(session, click.Request.User, page);
        }
        else if (tag is null || tag.Kind == TagActionKind.New)
        {
            _ = await inbox.QueueAsync(session, click.Source, click.Request, id => new SlackFormWanted(id));
        }
        else if (members.Known(click.Request.User) is not { IsMember: true } || await SlackInbox.IsWaitingAsync(session, click.Request.User))
        {
            _ = await inbox.QueueAsync(session, click.Source, click.Request, id => new SlackClicked(id, click.Request.User));
        }
        else if (await inbox.RememberAsync(session, click.Source, click.Request.User))
        {
            await votes.TakeAsync(session, tag, click.Request);
        }
    }
}
