namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>What is needed to write to somebody through a container; JSON in the participant's row.</summary>
/// <param name="Chat">WAHA's id of the private chat.</param>
/// <param name="Provider">Always waha: other services carry WhatsApp, too.</param>
internal sealed record WahaReference(string Chat, string Provider = WahaReference.Name)
{
    public const string Name = "waha";
}
