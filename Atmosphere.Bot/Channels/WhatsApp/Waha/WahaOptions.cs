namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>Section <c>Atmosphere:Channels:WhatsApp:Waha</c>: a WhatsApp container that speaks WAHA. Without a key for signatures its door answers 404.</summary>
internal sealed class WahaOptions
{
    public const string Section = "Atmosphere:Channels:WhatsApp:Waha";

    private const int ShortestKey = 16;

    /// <summary>The container's API, with a / at its end, such as http://waha:3000/; needed with a key for signatures.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>Opens the container's API; default none. Never in appsettings.json: use the environment.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The webhook's hmac.key: at least 16 characters; default none. Never in appsettings.json: use the environment.</summary>
    public string? HmacKey { get; set; }

    /// <summary>The container's session whose groups are watched; what other sessions tell is ignored. Default "default".</summary>
    public string Session { get; set; } = "default";

    /// <summary>How long a call may take; 1 second to 2 minutes, default 15 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>After a call without an end: how long before a chat that does not show the message counts as proof that it was not sent; 0 to 10 minutes, default 1 minute.</summary>
    public TimeSpan AskAfter { get; set; } = TimeSpan.FromMinutes(1);

    public bool IsOpen => !string.IsNullOrWhiteSpace(HmacKey);

    public IEnumerable<string> Problems()
    {
        if (IsOpen && HmacKey!.Length < ShortestKey)
            yield return $"{Section}:HmacKey has {HmacKey.Length} characters; use at least {ShortestKey}, the same as in the webhook's hmac.key.";
        if (IsOpen && string.IsNullOrWhiteSpace(BaseUrl))
            yield return $"{Section}:BaseUrl is missing, but HmacKey is set; set the address of the container, such as http://waha:3000/.";
        if (!IsOpen && !string.IsNullOrWhiteSpace(BaseUrl))
            yield return $"{Section}:HmacKey is missing, but BaseUrl is set; set the key of the container's webhook, or remove the section.";
        if (!string.IsNullOrWhiteSpace(BaseUrl)
            && !(Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.AbsolutePath.EndsWith('/') && url.Query.Length == 0))
            yield return $"{Section}:BaseUrl is '{BaseUrl}'; use an absolute http or https address with a / at its end.";
        if (new[] { ApiKey, HmacKey }.Any(key => key?.Any(letter => letter is < ' ' or > '~') == true))
            yield return $"{Section}:ApiKey or HmacKey holds a letter that no header can carry; copy it again.";
        if (string.IsNullOrWhiteSpace(Session))
            yield return $"{Section}:Session is empty; use the name of the container's session, or leave the setting out.";
        if (AskAfter < TimeSpan.Zero || AskAfter > TimeSpan.FromMinutes(10))
            yield return $"{Section}:AskAfter is {AskAfter}; use 00:00:00 to 00:10:00 (the default is 00:01:00).";
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(2))
            yield return $"{Section}:Timeout is {Timeout}; use 00:00:01 to 00:02:00 (the default is 00:00:15).";
    }
}
