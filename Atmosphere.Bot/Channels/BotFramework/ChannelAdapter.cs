using Atmosphere.Bot.Channels.Access;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;
using Microsoft.Rest.Serialization;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>The SDK's adapter behind our own endpoint. It gets no logger: the SDK would log conversation ids.</summary>
internal sealed class ChannelAdapter(BotFrameworkAuthentication authentication, IOptions<BotFrameworkOptions> options)
    : CloudAdapter(authentication)
{
    private static readonly ReadOnlyJsonContractResolver _contracts = new();

    /// <param name="activity">Its type, conversation and serviceUrl have been checked.</param>
    /// <param name="authorization">The header; empty without an app id.</param>
    /// <param name="turn">The bot's callback.</param>
    /// <param name="cancellation">The request was aborted.</param>
    /// <returns>The content of the response; null: empty.</returns>
    /// <exception cref="RefusedRequestException">403: the token does not belong to this activity.</exception>
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

    /// <summary>Sends a proactive message through the SDK's connector.</summary>
    public Task SendAsync(ChatReference chat, Activity activity, CancellationToken cancellation) =>
        ContinueConversationAsync(
            options.Value.AppId ?? "", chat.ToContinuation(),
            (turn, token) =>
            {
                ShareContracts(turn.TurnState.Get<IConnectorClient>());
                return turn.SendActivityAsync(activity, token);
            },
            cancellation);

    // A resolver compiles an accessor for each property that it meets, and the SDK makes a connector, and with it a resolver, for each turn.
    private static void ShareContracts(IConnectorClient connector)
    {
        connector.SerializationSettings.ContractResolver = _contracts;
        connector.DeserializationSettings.ContractResolver = _contracts;
    }
}
