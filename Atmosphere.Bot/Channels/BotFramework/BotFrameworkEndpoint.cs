using Atmosphere.Bot.Channels.Activities;
using Atmosphere.Bot.Channels.Doors;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>POST /api/messages: verifies, stores one row and answers; the work is done behind the queue.</summary>
internal static class BotFrameworkEndpoint
{
    private const string ExpectReplies = "expectReplies";

    public static void MapBotFramework(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/api/messages", PostAsync);

    private static async Task<IResult> PostAsync(
        HttpContext context,
        IOptions<BotFrameworkOptions> options,
        LoopbackDoor door,
        RequestTokens tokens,
        BotFrameworkInbox inbox,
        ExpectedReplies expected)
    {
        try
        {
            if (!options.Value.HasApp && door.Refusal(context) is { } refusal)
                return Refused.Because(403, refusal);

            // A stranger's body is not read: it may have 34 MB.
            var token = options.Value.HasApp
                ? await tokens.CheckAsync(context.Request.Headers.Authorization.ToString(), context.RequestAborted)
                : null;
            var activity = await RequestBody.ReadActivityAsync(context);
            token?.Check(activity);
            var reference = Reference(activity, context, options.Value);
            if (activity.Conversation?.IsGroup == true)
                return Answer(activity, []);

            var isAwaited = activity.DeliveryMode == ExpectReplies;
            var turn = await inbox.AcceptAsync(activity, reference, isAwaited, context.RequestAborted);
            return turn is null || !isAwaited
                ? Answer(activity, [])
                : Answer(activity, await expected.WaitAsync(turn, reference, activity.Id, context.RequestAborted));
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

    /// <summary>Children's names and photos belong in private chats: in a group nothing is said. Invokes of cards that were never sent are acknowledged.</summary>
    private static IResult Answer(Activity activity, IReadOnlyList<Activity> replies)
    {
        if (activity.DeliveryMode == ExpectReplies)
            return Results.Json(new { activities = replies }, ActivityJson.Options);
        return activity.Type == "invoke" ? Results.Json(new { }) : Results.Ok();
    }

    private static ConversationReference Reference(Activity activity, HttpContext context, BotFrameworkOptions options)
    {
        if (string.IsNullOrEmpty(activity.Type))
            throw new RefusedRequestException(400, "An activity needs a type, such as message.");
        if (activity.Conversation?.Id is not { Length: > 0 and <= 1000 } conversation)
            throw new RefusedRequestException(400, "An activity needs a conversation with an id.");
        if (!Uri.TryCreate(activity.ServiceUrl, UriKind.Absolute, out var service) || service.Scheme is not ("http" or "https"))
            throw new RefusedRequestException(400, "An activity needs a serviceUrl, an absolute http or https address for the replies.");
        if (!options.HasApp && !LoopbackName.IsUrl(activity.ServiceUrl))
            throw new RefusedRequestException(403, "Without an app id only a serviceUrl on this machine is answered.");

        var own = options.PublicUrl?.TrimEnd('/') ?? $"{context.Request.Scheme}://{context.Request.Host}";
        return new ConversationReference(
            activity.ServiceUrl, activity.ChannelId ?? "", activity.Recipient?.Id ?? ActivityOf.Bot.Id!, activity.From?.Id ?? "user", conversation, own);
    }
}
