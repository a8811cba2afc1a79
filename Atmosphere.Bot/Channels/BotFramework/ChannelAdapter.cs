using Atmosphere.Bot.Channels.Access;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>The SDK's adapter behind our own door. It gets no logger: the SDK logs the ids of conversations.</summary>
internal sealed class ChannelAdapter(BotFrameworkAuthentication authentication, IOptions<BotFrameworkOptions> options)
    : CloudAdapter(authentication)
{
    /// <param name="activity">Its type, conversation and serviceUrl are checked already.</param>
    /// <param name="authorization">The header; empty where no app id is set.</param>
    /// <param name="turn">What the bot does with it.</param>
    /// <param name="cancellation">The request was given up.</param>
    /// <returns>What the response carries; null: nothing.</returns>
    /// <exception cref="RefusedRequestException">403: the token is not for this activity.</exception>
    public async Task<InvokeResponse?> ReceiveAsync(
        Activity activity, string authorization, BotCallbackHandler turn, CancellationToken cancellation)
    {
        AuthenticateRequestResult sender;
        try
        {
            sender = await BotFrameworkAuthentication.AuthenticateRequestAsync(activity, authorization, cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new RefusedRequestException(
                403, "The token is not for this activity: its serviceurl must equal the serviceUrl, and its key must be endorsed for the channel.");
        }

        return await ProcessActivityAsync(sender, activity, turn, cancellation);
    }

    /// <summary>Writes into a conversation without being asked, by the SDK's connector.</summary>
    public Task SendAsync(ChatReference chat, Activity activity, CancellationToken cancellation) =>
        ContinueConversationAsync(
            options.Value.AppId ?? "", chat.ToContinuation(), (turn, token) => turn.SendActivityAsync(activity, token), cancellation);
}
