namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>The data needed to write to a user through a container; JSON in the participant's row.</summary>
/// <param name="Chat">WAHA's id of the private chat.</param>
/// <param name="Provider">Always waha: other providers carry WhatsApp, too.</param>
internal sealed record WahaReference(string Chat, string Provider = WahaReference.Name)
{
    public const string Name = "waha";
}
