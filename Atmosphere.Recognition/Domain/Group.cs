namespace Atmosphere.Recognition.Domain;

/// <summary>A WhatsApp group, a station's room or the playground's class, as operators see it.</summary>
/// <param name="Id">Lower case letters, digits and hyphens.</param>
/// <param name="Name">Display name.</param>
/// <param name="TimeZone">IANA name, such as Europe/Berlin: for dates and times shown to people.</param>
/// <param name="KeepsGps">Whether the place where a photo was taken may be stored.</param>
/// <param name="CreatedAt">When it was set up.</param>
/// <param name="Kind">Whose faces it shows.</param>
public sealed record Group(GroupId Id, string Name, string TimeZone, bool KeepsGps, DateTimeOffset CreatedAt, GroupKind Kind = GroupKind.Children);
