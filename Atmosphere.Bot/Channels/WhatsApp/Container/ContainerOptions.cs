namespace Atmosphere.Bot.Channels.WhatsApp.Container;

/// <summary>Section <c>Atmosphere:Channels:WhatsApp:Container</c>: any other program that carries groups. Without a key its door answers 404.</summary>
internal sealed class ContainerOptions
{
    public const string Section = "Atmosphere:Channels:WhatsApp:Container";

    private const int ShortestKey = 16;

    /// <summary>What both sign with: at least 16 characters; default none. Never in appsettings.json: use the environment.</summary>
    public string? Key { get; set; }

    public bool IsOpen => !string.IsNullOrWhiteSpace(Key);

    public IEnumerable<string> Problems()
    {
        if (IsOpen && Key!.Length < ShortestKey)
            yield return $"{Section}:Key has {Key.Length} characters; use at least {ShortestKey}.";
    }
}
