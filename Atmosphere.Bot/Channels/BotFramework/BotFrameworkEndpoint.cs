using System.Globalization;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Recognition.Storage;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>POST /api/messages: checks the request, passes it to the SDK's adapter, and the bot stores one row.</summary>
internal static class BotFrameworkEndpoint
{
    public static void MapBotFramework(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/api/messages", PostAsync);

    private static async Task<IResult> PostAsync(
        HttpContext context,
        IOptions<BotFrameworkOptions> options,
        LoopbackDoor door,
        TokenGate tokens,
        ChatRates rates,
        ChannelAdapter adapter,
        InboxBot bot)
    {
        try
        {
            // The body of an unauthenticated request is not read: it may have 34 MB.
            var authorization = "";
            if (options.Value.HasApp)
                await tokens.CheckAsync(authorization = context.Request.Headers.Authorization.ToString());
            else if (door.Refusal(context) is { } refusal)
                return Refused.Because(403, refusal);

            var activity = await ActivityJson.ReadAsync(context);
            var chat = Chat(activity, context, options.Value);
            if (rates.Wait(chat) is { } wait)
                return TooMany(context, wait);

            var answer = await adapter.ReceiveAsync(
                activity,
                authorization,
                (turn, cancellation) =>
                {
                    turn.TurnState.Add(chat);
                    return bot.OnTurnAsync(turn, cancellation);
                },
                context.RequestAborted);
            await HttpHelper.WriteResponseAsync(context.Response, answer);
            return Results.Empty;
        }
        catch (RefusedRequestException refused)
        {
            return Refused.Because(refused.Status, refused.Message);
        }
        catch (StorageFullException)
        {
            return Refused.NoSpace;
        }
    }

    /// <summary>Checks what the SDK takes for granted, and sets the bot's identity in the chat, which replies are addressed from.</summary>
    private static ChatReference Chat(Activity activity, HttpContext context, BotFrameworkOptions options)
    {
        if (string.IsNullOrEmpty(activity.Type))
            throw new RefusedRequestException(400, "An activity needs a type, such as message.");
        if (activity.Conversation?.Id is not { Length: > 0 and <= 1000 } conversation)
            throw new RefusedRequestException(400, "An activity needs a conversation with an id.");
        if (!Uri.TryCreate(activity.ServiceUrl, UriKind.Absolute, out var service) || service.Scheme is not ("http" or "https"))
            throw new RefusedRequestException(400, "An activity needs a serviceUrl, an absolute http or https address for the replies.");
        if (!options.HasApp && !LoopbackName.IsUrl(activity.ServiceUrl))
            throw new RefusedRequestException(403, "Without an app id only a serviceUrl on this machine is answered.");

        // The SDK would make it the culture of the current thread.
        activity.Locale = null;
        activity.Recipient = activity.Recipient?.Id is { } bot ? ReplyActivity.Bot(bot) : ReplyActivity.Bot();
        activity.From ??= new ChannelAccount();
        activity.From.Id ??= "user";
        var own = options.PublicUrl?.TrimEnd('/') ?? $"{context.Request.Scheme}://{context.Request.Host}";
        return new ChatReference(activity.ServiceUrl, activity.ChannelId ?? "", activity.Recipient.Id, activity.From.Id, conversation, own);
    }

    private static IResult TooMany(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = string.Create(CultureInfo.InvariantCulture, $"{wait.TotalSeconds:0}");
        return Refused.Because(429, "The sender, or the conversation, sent too many messages within a minute or an hour. Send it again later.");
    }
}
