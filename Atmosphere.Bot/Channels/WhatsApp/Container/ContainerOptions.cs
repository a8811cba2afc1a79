using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Channels.WhatsApp.Container;

/// <summary>Section <c>Atmosphere:Channels:WhatsApp:Container</c>: any other program that carries groups. Without a key its door answers 404.</summary>
internal sealed class ContainerOptions
{
    public const string Section = "Atmosphere:Channels:WhatsApp:Container";

    /// <summary>What both sign with. Never in appsettings.json: use the environment.</summary>
    [Secret]
    [MinLength(16)]
    public string? Key { get; set; }

    public bool IsOpen => !string.IsNullOrWhiteSpace(Key);
}
