using Atmosphere.Bot.Channels.Webhooks;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>POST /whatsapp/twilio: verifies, stores one row and answers; the reply is sent later through the Messages API.</summary>
internal static class TwilioEndpoints
{
    public static void MapTwilio(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/whatsapp/twilio", async (HttpContext context, TwilioDoor door, TwilioInbox inbox) =>
        {
            await inbox.AcceptAsync(await door.ReadAsync(context));
            return Nothing;
        }).AnswerRefusals();

    /// <summary>Empty TwiML.</summary>
    public static IResult Nothing => Results.Text("<Response/>", "text/xml");
}
