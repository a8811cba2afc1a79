using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Incoming.Groups;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Conversations;

/// <summary>
/// POST /whatsapp/twilio/conversations: the webhook of Twilio Conversations. Stores one row and answers; the work is queued.
/// </summary>
internal static class ConversationsEndpoint
{
    public static void MapConversations(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/whatsapp/twilio/conversations", ReceiveAsync).AnswerRefusals();

    private static async Task<IResult> ReceiveAsync(
        HttpContext context, TwilioDoor door, GroupInbox inbox, IOptions<TwilioOptions> options, TimeProvider clock)
    {
        if (ConversationsEvent.Read(await door.ReadAsync(context), options.Value, clock.GetUtcNow()) is { } read)
            await inbox.AcceptAsync(ConversationsCarrier.ChannelName, read.Id, read.Told, context.RequestAborted);
        return Results.Ok();
    }
}
