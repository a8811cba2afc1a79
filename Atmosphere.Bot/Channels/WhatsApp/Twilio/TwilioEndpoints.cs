namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>POST /whatsapp/twilio: verifies, stores one row and answers; the reply is sent by the Messages API when there is one.</summary>
internal static class TwilioEndpoints
{
    public static void MapTwilio(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/whatsapp/twilio", (HttpContext context, TwilioDoor door, TwilioInbox inbox) => door.OpenAsync(context, async form =>
        {
            await inbox.AcceptAsync(form);
            return Nothing;
        }));

    /// <summary>TwiML that does nothing.</summary>
    public static IResult Nothing => Results.Text("<Response/>", "text/xml");
}
