using System.ComponentModel.DataAnnotations;

namespace Atmosphere.Recognition.Settings;

/// <summary>The unit of a number, such as "megabytes". A remark may follow a semicolon: "bits; 0 is off".</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnitAttribute(string unit) : Attribute
{
    public string Unit { get; } = unit;
}

/// <summary>The value must not appear in messages.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>The range of a time span, [days.]hours:minutes:seconds.</summary>
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

/// <summary>A rule for one text. Its message completes "use ..." and also appears in docs/configuration.md.</summary>
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

    /// <summary>True if the address must end with a /, so that paths can be appended.</summary>
    public bool Folder { get; }

    protected override bool Fits(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsHttpAllowed(address)))
        && address.Query.Length == 0
        && (!Folder || text.EndsWith('/'));

    private bool IsHttpAllowed(Uri address) =>
        Scheme == Scheme.Any || (Scheme == Scheme.HttpsOrThisMachine && address.IsLoopback && address.UserInfo.Length == 0);
}

/// <summary>The allowed protocols of an address.</summary>
public enum Scheme
{
    Any,
    Https,
    HttpsOrThisMachine,
}

/// <summary>The name or IP address of another computer.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HostNameAttribute : TextRuleAttribute
{
    public HostNameAttribute() => ErrorMessage = "a name or an IP address alone, such as broker.example.org";

    protected override bool Fits(string text) => Uri.CheckHostName(text) != UriHostNameType.Unknown;
}
