using Atmosphere.Bot.Incoming;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Newtonsoft.Json.Linq;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>
/// Stores messages and opened chats; queue workers continue the conversation. Children's names and photos belong in private chats, so the
/// bot says nothing in groups.
/// </summary>
internal sealed class InboxBot(BotFrameworkInbox inbox, ExpectedReplies expected) : ActivityHandler
{
    protected override Task OnMessageActivityAsync(ITurnContext<IMessageActivity> turnContext, CancellationToken cancellationToken) =>
        AcceptAsync(IncomingKind.Message, turnContext, cancellationToken);

    protected override Task OnMembersAddedAsync(
        IList<ChannelAccount> membersAdded, ITurnContext<IConversationUpdateActivity> turnContext, CancellationToken cancellationToken) =>
        AcceptAsync(IncomingKind.Joined, turnContext, cancellationToken);

    /// <summary>Invokes come from cards, which the bot never sends; they are acknowledged.</summary>
    protected override Task<InvokeResponse> OnInvokeActivityAsync(ITurnContext<IInvokeActivity> turnContext, CancellationToken cancellationToken) =>
        Task.FromResult(CreateInvokeResponse(new JObject()));

    private async Task AcceptAsync(IncomingKind kind, ITurnContext context, CancellationToken cancellation)
    {
        if (context.Activity.Conversation.IsGroup == true)
            return;

        var chat = context.TurnState.Get<ChatReference>();
        var isAwaited = context.Activity.DeliveryMode == DeliveryModes.ExpectReplies;
        var turn = await inbox.AcceptAsync(kind, context.Activity, chat, isAwaited, cancellation);
        if (isAwaited && await expected.WaitAsync(turn, chat, cancellation) is { Count: > 0 } replies)
            await context.SendActivitiesAsync([.. replies], cancellation);
    }
}
