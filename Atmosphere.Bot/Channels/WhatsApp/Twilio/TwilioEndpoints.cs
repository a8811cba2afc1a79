using Atmosphere.Bot.Channels.Webhooks;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>POST /whatsapp/twilio: verifies, stores one row and answers; the reply is sent by the Messages API when there is one.</summary>
internal static class TwilioEndpoints
{
    public static void MapTwilio(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/whatsapp/twilio", async (HttpContext context, TwilioDoor door, TwilioInbox inbox) =>
        {
            await inbox.AcceptAsync(await door.ReadAsync(context));
            return Nothing;
        }).AnswerRefusals();

    /// <summary>TwiML that does nothing.</summary>
    public static IResult Nothing => Results.Text("<Response/>", "text/xml");
}
