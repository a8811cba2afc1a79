using System.ComponentModel.DataAnnotations;

namespace Atmosphere.Recognition.Settings;

/// <summary>What a number counts, such as "megabytes". Further words follow a semicolon: "bits; 0 is off".</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnitAttribute(string unit) : Attribute
{
    public string Unit { get; } = unit;
}

/// <summary>The value is not repeated in messages.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>The shortest and the longest time, [days.]hours:minutes:seconds.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeRangeAttribute : RangeAttribute
{
    public TimeRangeAttribute(string shortest, string longest)
        : base(typeof(TimeSpan), shortest, longest)
    {
        ParseLimitsInInvariantCulture = true;
        ConvertValueInInvariantCulture = true;
    }
}

/// <summary>A rule about one text. Its message completes "use ..." and is also what docs/configuration.md says.</summary>
public abstract class TextRuleAttribute : ValidationAttribute
{
    public sealed override bool IsValid(object? value) => value is not string text || Fits(text);

    protected abstract bool Fits(string text);
}

/// <summary>An absolute http or https address.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebAddressAttribute : TextRuleAttribute
{
    public WebAddressAttribute(Scheme scheme = Scheme.Any, bool folder = false)
    {
        (Scheme, Folder) = (scheme, folder);
        ErrorMessage = scheme switch
        {
            Scheme.Any => "an absolute http or https address without a query",
            Scheme.Https => "an https address",
            _ => "an https address (http only on this machine)",
        };
        if (folder)
            ErrorMessage += " with a / at its end";
    }

    public Scheme Scheme { get; }

    /// <summary>Whether it ends with a /, so that paths can be put behind it.</summary>
    public bool Folder { get; }

    protected override bool Fits(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsHttpAllowed(address)))
        && address.Query.Length == 0
        && (!Folder || text.EndsWith('/'));

    private bool IsHttpAllowed(Uri address) =>
        Scheme == Scheme.Any || (Scheme == Scheme.HttpsOrThisMachine && address.IsLoopback && address.UserInfo.Length == 0);
}

/// <summary>By which protocol an address may be called.</summary>
public enum Scheme
{
    Any,
    Https,
    HttpsOrThisMachine,
}

/// <summary>The name or the IP address of another computer.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HostNameAttribute : TextRuleAttribute
{
    public HostNameAttribute() => ErrorMessage = "a name or an IP address alone, such as broker.example.org";

    protected override bool Fits(string text) => Uri.CheckHostName(text) != UriHostNameType.Unknown;
}
